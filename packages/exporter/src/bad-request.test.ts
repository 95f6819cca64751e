// A 400 for the whole of a request, over real sockets and with every way to choose the message (E8).
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { type AnswerFunction, startReceiver } from "@otel-remote-write/receiver";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
import { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";

const v1 = "prometheus.WriteRequest";
const v2 = "io.prometheus.write.v2.Request";
const seriesCount = 300;
/** Of the Round, with the first request, and with that to find out the message. */
const mostRequests = Math.floor(2 * Math.log2(seriesCount)) + 8;

/** A snappy block of one literal: what was not compressed can be searched for text. */
const plain = {
  name: "snappy",
  compress(bytes: Uint8Array): Uint8Array {
    const length: number[] = [];
    for (let left = bytes.length; ; left = Math.floor(left / 128)) {
      length.push(left < 128 ? left : (left % 128) + 128);
      if (left < 128) break;
    }
    const last = bytes.length - 1;
    return Uint8Array.from([...length, 62 << 2, last & 255, (last >> 8) & 255, last >> 16, ...bytes]);
  },
};

async function start(options: Partial<RemoteWriteMetricExporterOptions>, answer: AnswerFunction) {
  const receiver = await startReceiver();
  receiver.answerEvery(answer);
  const exporter = new RemoteWriteMetricExporter({
    url: receiver.url,
    codec: plain,
    metadata: { send: false },
    ...options,
  });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ "service.name": "shop", "service.instance.id": "one" }),
    readers: [reader],
  });
  onTestFinished(async () => {
    await provider.shutdown();
    await receiver.close();
  });
  const counter = provider.getMeter("test").createCounter("orders");
  const exportAll = async (): Promise<void> => {
    for (let item = 0; item < seriesCount; item++) counter.add(1, { item: `item-${item}.` });
    await provider.forceFlush();
  };
  return { receiver, exporter, exportAll };
}

const has = (body: Uint8Array, text: string): boolean => Buffer.from(body).includes(text);

/** A receiver that throws a request away for one series, and tells nothing of what it wrote. */
const throwsAway: AnswerFunction = ({ body }) =>
  has(body, "item-77.") ? { status: 400, body: "too many labels", written: false } : undefined;

/** The same, of one that knows 1.0 only. */
const knowsFirst =
  (answer: number): AnswerFunction =>
  (request) =>
    request.messageType === v2 ? { status: answer, written: false } : throwsAway(request);

describe("E8: where a receiver throws a request away for one series", () => {
  it.each<[string, RemoteWriteMetricExporterOptions["protobufMessage"], AnswerFunction, string]>([
    ["1.0", v1, throwsAway, v1],
    ["2.0", v2, throwsAway, v2],
    ["auto, of one that answers 415 to 2.0", "auto", knowsFirst(415), v1],
    ["auto, of one that answers 400 to 2.0", "auto", knowsFirst(400), v1],
  ])("all others get through: %s", async (_, protobufMessage, answer, message) => {
    const { receiver, exporter, exportAll } = await start({ protobufMessage }, answer);
    await exportAll();
    expect(receiver.requests.length).toBeLessThanOrEqual(mostRequests);
    expect(receiver.violations).toEqual([]);
    expect(receiver.find({ __name__: "orders_total" })).toHaveLength(seriesCount - 1);
    expect(receiver.find({ __name__: "orders_total", item: "item-77." })).toEqual([]);
    expect(exporter.stats()).toMatchObject({
      acknowledged: { samples: receiver.totals().storedPoints },
      dropped: { bad_request: 1 },
      queue: { samples: 0 },
      inFlight: 0,
    });
    const before = receiver.requests.length;
    await exportAll();
    await exportAll();
    const later = receiver.requests.slice(before).filter(({ stored }) => stored);
    expect(new Set(later.map(({ messageType }) => messageType))).toEqual(new Set([message]));
    expect(later.reduce((sum, { counts }) => sum + counts.samples, 0)).toBe(2 * (seriesCount - 1));
    // In 2.0 this receiver finds the text in the table of symbols, which is kept for the series' return.
    expect(later).toHaveLength(message === v1 ? 2 : 4);
    expect(exporter.stats().dropped).toEqual({ bad_request: 1, quarantined: 2 });
    expect(receiver.violations).toEqual([]);
  });

  it("W2.14: nothing is sent again where a receiver of 2.0 says what it wrote", async () => {
    const { receiver, exporter, exportAll } = await start({ protobufMessage: v2 }, () => ({
      status: 400,
      store: true,
      body: "out of order",
    }));
    await exportAll();
    expect(receiver.requests).toHaveLength(1);
    expect(exporter.stats().acknowledged.samples).toBe(seriesCount);
  });

  it("a receiver that refuses everything gets three requests, and then fewer", async () => {
    const { receiver, exporter, exportAll } = await start({ protobufMessage: v1 }, () => 400);
    await exportAll();
    expect(receiver.requests).toHaveLength(3);
    await exportAll();
    await exportAll();
    expect(receiver.requests).toHaveLength(7);
    expect(exporter.stats()).toMatchObject({
      dropped: { bad_request: 3 * seriesCount },
      queue: { samples: 0 },
    });
  });
});
