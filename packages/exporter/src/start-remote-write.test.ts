import { metrics } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { type Receiver, startReceiver } from "@otel-remote-write/receiver";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RemoteWrite, startRemoteWrite, type StartRemoteWriteOptions } from "./start-remote-write.js";

let receiver: Receiver;
let started: RemoteWrite[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(async () => {
  await Promise.all(started.map((remoteWrite) => remoteWrite.shutdown()));
  started = [];
  await receiver.close();
});

function start(options: Partial<StartRemoteWriteOptions> = {}): RemoteWrite {
  const remoteWrite = startRemoteWrite({ url: receiver.url, ...options });
  started.push(remoteWrite);
  return remoteWrite;
}

function wrong(options: object): () => RemoteWrite {
  return () => startRemoteWrite({ url: receiver.url, ...options });
}

describe("startRemoteWrite", () => {
  it("is all it takes: global meters send to the receiver, shutdown sends the last values", async () => {
    const remoteWrite = start({ resource: resourceFromAttributes({ "service.name": "shop" }) });
    metrics.getMeter("test").createCounter("orders").add(2);
    await remoteWrite.forceFlush();
    expect(receiver.value({ __name__: "orders_total", job: "shop" })).toBe(2);
    metrics.getMeter("test").createCounter("orders").add(5);
    await remoteWrite.shutdown();
    await remoteWrite.shutdown();
    expect(receiver.value({ __name__: "orders_total", job: "shop" })).toBe(7);
    expect(receiver.violations).toEqual([]);
    expect(remoteWrite.stats().dropped).toEqual({});
  });

  it("sends at the interval it is given", async () => {
    const remoteWrite = start({ exportIntervalMillis: 20 });
    remoteWrite.meterProvider.getMeter("test").createCounter("orders").add(1);
    await receiver.waitFor({ requests: 2 });
    expect(receiver.value({ __name__: "orders_total" })).toBe(1);
  });

  it("registers the global meter provider, leaves another one in place, and clears only its own", async () => {
    const first = start();
    const second = start();
    expect(metrics.getMeterProvider()).toBe(first.meterProvider);
    await second.shutdown();
    expect(metrics.getMeterProvider()).toBe(first.meterProvider);
    await first.shutdown();
    expect(metrics.getMeterProvider()).not.toBe(first.meterProvider);
  });

  it.each([0, -1, NaN, Infinity, "1s", 2 ** 31])("refuses the interval %s", (exportIntervalMillis) => {
    const options = { url: receiver.url, exportIntervalMillis } as StartRemoteWriteOptions;
    expect(() => startRemoteWrite(options)).toThrow(
      /^startRemoteWrite: exportIntervalMillis must be a number/,
    );
  });

  it("refuses what is no resource and no list of views", () => {
    expect(wrong({ resource: { "service.name": "shop" } })).toThrow(
      /^startRemoteWrite: resource must be a Resource/,
    );
    expect(wrong({ resource: "shop" })).toThrow(/got a string$/);
    expect(wrong({ views: {} })).toThrow(/^startRemoteWrite: views must be an array/);
  });

  it("refuses options without a url, and unknown ones, by name", () => {
    expect(() => startRemoteWrite({} as StartRemoteWriteOptions)).toThrow(/url/);
    expect(() =>
      startRemoteWrite({ url: receiver.url, exportInterval: 5 } as StartRemoteWriteOptions),
    ).toThrow(/^startRemoteWrite: exportInterval is no option; did you mean exportIntervalMillis/);
  });
});
