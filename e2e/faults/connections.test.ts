// Connections that break in every way, over real sockets.
import {
  RemoteWriteMetricExporter,
  type RemoteWriteMetricExporterOptions,
} from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";
import { describe, expect, it, onTestFinished } from "vitest";
import { drain, lossesOf } from "./drain.mjs";
import { connectionFaults, startFaultProxy } from "./fault-proxy.mjs";
import { createLedger, ofReceiver } from "./ledger.mjs";
import { createRandom, pick } from "./random.mjs";
import { createWorkload } from "./workload.mjs";

type QueueOptions = RemoteWriteMetricExporterOptions["queue"];

const messages = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request", "auto"] as const;

async function setUp(
  protobufMessage: (typeof messages)[number],
  { queue = {}, cyclesPerGeneration = 3 }: { queue?: QueueOptions; cyclesPerGeneration?: number } = {},
) {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const proxy = await startFaultProxy(receiver.port);
  onTestFinished(() => proxy.down());
  const exporter = new RemoteWriteMetricExporter({
    url: `${proxy.origin}/api/v1/write`,
    protobufMessage,
    timeoutMillis: 500,
    // Several batches, side by side.
    queue: { maxSamplesPerSend: 60, minBackoffMillis: 5, maxBackoffMillis: 50, ...queue },
  });
  const ledger = createLedger();
  const { cycle, shutdown } = createWorkload({ exporter, ledger, cyclesPerGeneration });
  onTestFinished(shutdown);
  const balance = () => ledger.balance({ received: ofReceiver(receiver.series()), ...lossesOf(exporter) });
  return { receiver, proxy, exporter, cycle, shutdown, balance };
}

describe.each(messages)("as %s", (message) => {
  it.each(connectionFaults)("after %s nothing is lost, and nothing out of order", async (fault) => {
    const { receiver, proxy, exporter, cycle, balance } = await setUp(message);
    await cycle();
    for (let round = 0; round < 3; round++) {
      proxy.script(fault, undefined, fault);
      await cycle();
    }
    await drain(exporter);
    const { handedOver, ...balanced } = balance();
    expect(balanced).toEqual({ received: handedOver, lost: 0, problems: [] });
    expect(receiver.violations).toEqual([]);
    expect(proxy.scripted()).toBe(0);
    expect(exporter.stats()).toMatchObject({ dropped: {}, unconfirmed: 0, inFlight: 0 });
  });

  it("a receiver that nobody can reach is waited for while the application goes on", async () => {
    const { receiver, proxy, exporter, cycle, balance } = await setUp(message);
    await cycle();
    await proxy.down();
    for (let cycles = 0; cycles < 5; cycles++) {
      expect((await cycle())?.message).toMatch(/^queued, will be retried: /);
    }
    await proxy.up();
    await cycle();
    await drain(exporter);
    const { handedOver, ...balanced } = balance();
    expect(balanced).toEqual({ received: handedOver, lost: 0, problems: [] });
    expect(receiver.violations).toEqual([]);
  });

  it.each([1, 2, 3])("faults at random, seed %d", async (seed) => {
    const random = createRandom(seed);
    const { receiver, proxy, exporter, cycle, balance } = await setUp(message);
    proxy.decide(() => (random() < 0.2 ? pick(connectionFaults, random) : undefined));
    for (let cycles = 0; cycles < 15; cycles++) {
      if (random() < 0.1) await proxy.down();
      await cycle();
      await proxy.up();
    }
    proxy.decide(undefined);
    await drain(exporter);
    const { handedOver, ...balanced } = balance();
    expect(balanced).toEqual({ received: handedOver, lost: 0, problems: [] });
    expect(receiver.violations).toEqual([]);
  });
});

it("what does not fit into the queue is counted, and what arrives is in order", async () => {
  const { receiver, proxy, exporter, cycle, balance } = await setUp("prometheus.WriteRequest", {
    queue: { maxSamples: 1000 },
    // No series ends, so that no stale marker is among what is dropped.
    cyclesPerGeneration: 1000,
  });
  await cycle();
  await proxy.down();
  for (let cycles = 0; cycles < 10; cycles++) await cycle();
  await proxy.up();
  await drain(exporter);
  const { handedOver, received, lost, problems } = balance();
  expect(problems).toEqual([]);
  expect(received + lost).toBe(handedOver);
  expect(exporter.stats().dropped).toEqual({ queue_full: lost });
  expect(lost).toBeGreaterThan(0);
  expect(receiver.violations).toEqual([]);
});

it.each([
  ["stall", 0],
  ["holdAnswer", 1],
] as const)(
  "after a shutdown that ends with %s all is acknowledged, dropped or unconfirmed",
  async (fault, leastStored) => {
    const { receiver, proxy, exporter, cycle, shutdown, balance } = await setUp("prometheus.WriteRequest");
    await cycle();
    proxy.decide(() => fault);
    await shutdown();
    const { handedOver, received, problems } = balance();
    expect(problems).toEqual([]);
    const { dropped, unconfirmed } = lossesOf(exporter);
    expect(exporter.stats().acknowledged.samples + exporter.stats().acknowledged.histograms).toBe(
      handedOver - dropped - unconfirmed,
    );
    expect(dropped + unconfirmed).toBeGreaterThan(0);
    // Points that the receiver has stored, and the exporter cannot know of.
    expect(received - (handedOver - dropped - unconfirmed)).toBeGreaterThanOrEqual(leastStored);
    expect(receiver.violations).toEqual([]);
  },
);
