import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import {
  type Receiver,
  type ReceiverOptions,
  type ScriptedAnswer,
  startReceiver,
} from "@otel-remote-write/receiver";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
import { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";

const v1 = "prometheus.WriteRequest";
const v2 = "io.prometheus.write.v2.Request";

const notIn2 = (answer: Exclude<ScriptedAnswer, number | Function>): ScriptedAnswer => {
  return ({ messageType }) => (messageType === v2 ? answer : undefined);
};

async function start(
  options: Partial<RemoteWriteMetricExporterOptions> = {},
  receiverOptions: ReceiverOptions = {},
) {
  const receiver = await startReceiver(receiverOptions);
  const exporter = new RemoteWriteMetricExporter({ url: receiver.url, ...options });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ "service.name": "shop", "service.instance.id": "one" }),
    readers: [reader],
  });
  onTestFinished(async () => {
    await provider.shutdown();
    await receiver.close();
  });
  return { receiver, exporter, reader, provider, meter: provider.getMeter("test") };
}

function recordHistogram({ meter }: Awaited<ReturnType<typeof start>>): void {
  meter.createHistogram("wait", { advice: { explicitBucketBoundaries: [1, 10] } }).record(5);
}

/** The messages that came, without those that are metadata. */
function sent(receiver: Receiver): string[] {
  return receiver.requests
    .filter(({ counts }) => counts.metadata === 0)
    .map(({ messageType }) => (messageType === v2 ? "2.0" : "1.0"));
}

describe('protobufMessage: "auto", which is the default', () => {
  it.each<[string, ReceiverOptions, ScriptedAnswer | undefined, string]>([
    ["takes both", {}, undefined, v2],
    ["answers 415 to 2.0", { accept: [v1] }, undefined, v1],
    ["answers 400 to 2.0", {}, notIn2({ status: 400, written: false }), v1],
    ["answers 204 and stores nothing", {}, notIn2({ status: 204, written: false, store: false }), v1],
  ])(
    "a receiver that %s has every sample of every export, once and in order",
    async (_, options, answer, message) => {
      const { receiver, exporter, provider, meter } = await start(
        { queue: { maxSamplesPerSend: 10 } },
        options,
      );
      receiver.answerEvery(answer);
      const counter = meter.createCounter("orders");
      for (let round = 1; round <= 3; round++) {
        for (let item = 0; item < 95; item++) counter.add(1, { item });
        await provider.forceFlush();
      }
      const series = receiver.find({ __name__: "orders_total" });
      expect(series).toHaveLength(95);
      for (const { samples } of series) expect(samples.map(({ value }) => value)).toEqual([1, 2, 3]);
      expect(receiver.violations).toEqual([]);
      expect(receiver.totals().storedPoints).toBe(3 * 95);
      expect(exporter.stats()).toMatchObject({
        acknowledged: { samples: 3 * 95 },
        dropped: {},
        retries: 0,
        protobufMessage: message,
      });
      // One was sent twice, the first one.
      expect(sent(receiver).filter((version) => version === "2.0")).toHaveLength(message === v2 ? 30 : 1);
    },
  );

  it("an outage while it finds out costs nothing but time", async () => {
    const { receiver, exporter, provider, meter } = await start(
      { queue: { maxSamplesPerSend: 10 } },
      { accept: [v1] },
    );
    receiver.answer(503, 415, 503, { fault: "reset" }, 415, { fault: "reset" }, 429);
    const counter = meter.createCounter("orders");
    for (let item = 0; item < 50; item++) counter.add(1, { item });
    await provider.forceFlush();
    expect(receiver.find({ __name__: "orders_total" })).toHaveLength(50);
    expect(receiver.totals().storedPoints).toBe(50);
    expect(exporter.stats()).toMatchObject({ acknowledged: { samples: 50 }, dropped: {}, unconfirmed: 0 });
  });

  it("an endpoint that refuses both loses what was sent to it, and nothing after that", async () => {
    const { receiver, exporter, provider, meter } = await start();
    receiver.answerEvery(415);
    const counter = meter.createCounter("orders");
    counter.add(1);
    await provider.forceFlush();
    expect(exporter.stats().dropped).toEqual({ unsupported_media_type: 1 });
    receiver.answerEvery(undefined);
    counter.add(1);
    await provider.forceFlush();
    expect(receiver.value({ __name__: "orders_total" })).toBe(2);
  });

  it("W2.14: a partial write of 2.0 is counted as far as it was written", async () => {
    const { receiver, exporter, provider, meter } = await start();
    const headers = { "X-Prometheus-Remote-Write-Samples-Written": "3" };
    receiver.answer({ status: 400, headers, body: "out of order sample" });
    const counter = meter.createCounter("orders");
    for (let item = 0; item < 5; item++) counter.add(1, { item });
    await provider.forceFlush();
    expect(receiver.requests).toHaveLength(1);
    expect(exporter.stats()).toMatchObject({
      acknowledged: { samples: 3 },
      written: { samples: 3 },
      dropped: { bad_request: 2 },
    });
  });

  it('TR18: with "both" the custom buckets go as 2.0, and are dropped and counted as 1.0', async () => {
    const translator = { explicitHistograms: "both" } as const;
    const both = await start({ translator });
    recordHistogram(both);
    await both.provider.forceFlush();
    expect(both.exporter.stats()).toMatchObject({ acknowledged: { histograms: 1 }, dropped: {} });
    const onlyFirst = await start({ translator }, { accept: [v1] });
    recordHistogram(onlyFirst);
    await onlyFirst.provider.forceFlush();
    expect(onlyFirst.receiver.violations).toEqual([]);
    expect(onlyFirst.receiver.value({ __name__: "wait_count" })).toBe(1);
    expect(onlyFirst.exporter.stats()).toMatchObject({
      acknowledged: { histograms: 0 },
      dropped: { custom_buckets_in_1_0: 1 },
    });
  });
});

const families = [
  { familyName: "orders_total", type: "counter", help: "Orders placed", unit: "" },
  { familyName: "wait_seconds", type: "histogram", help: "", unit: "seconds" },
];

function record({ meter }: Awaited<ReturnType<typeof start>>): void {
  meter.createCounter("orders", { description: "Orders placed" }).add(1);
  meter.createHistogram("wait", { unit: "s" }).record(1);
}

describe("metadata", () => {
  it.each<[string, Partial<RemoteWriteMetricExporterOptions>, ReceiverOptions]>([
    ["is fixed", { protobufMessage: v1 }, {}],
    ["turns out to be taken", {}, { accept: [v1] }],
  ])("goes as a message of its own where 1.0 %s, each family once", async (_, options, receiverOptions) => {
    const started = await start(options, receiverOptions);
    record(started);
    await started.provider.forceFlush();
    const { receiver, exporter } = started;
    expect(receiver.metadata()).toEqual(families);
    const carriers = receiver.requests.filter(({ counts }) => counts.metadata > 0);
    expect(carriers.map(({ counts }) => counts)).toEqual([
      { series: 0, samples: 0, histograms: 0, exemplars: 0, metadata: 2 },
    ]);
    expect(exporter.stats().acknowledged.samples).toBe(receiver.totals().samples);
    expect(receiver.violations).toEqual([]);
  });

  it("goes again after every interval", async () => {
    const started = await start({ protobufMessage: v1, metadata: { sendIntervalMillis: 10 } });
    record(started);
    await started.provider.forceFlush();
    await started.receiver.waitFor((receiver) => receiver.totals().metadata >= 3 * families.length);
    expect(started.receiver.metadata()).toEqual(families);
  });

  it.each<[string, Partial<RemoteWriteMetricExporterOptions>]>([
    ["2.0, where series carry it", {}],
    ["`send: false`", { protobufMessage: v1, metadata: { send: false, sendIntervalMillis: 1 } }],
  ])("does not go with %s", async (_, options) => {
    const started = await start(options);
    record(started);
    await started.provider.forceFlush();
    await started.provider.shutdown();
    expect(started.receiver.totals().metadata).toBe(0);
  });

  it("that is refused, or not answered, holds up no sample and costs none", async () => {
    const started = await start({ protobufMessage: v1, metadata: { sendIntervalMillis: 1 } });
    const { receiver, exporter, reader, meter } = started;
    const { promise: end, resolve: endTest } = Promise.withResolvers<void>();
    let answers = 0;
    receiver.answerEvery(({ counts }) => {
      if (counts.metadata === 0) return undefined;
      answers++;
      return answers === 1 ? 400 : { status: 204, after: end };
    });
    const counter = meter.createCounter("orders");
    for (let round = 1; round <= 3; round++) {
      counter.add(1);
      const { resourceMetrics } = await reader.collect();
      const result = await new Promise((resolve) => {
        exporter.export(resourceMetrics, resolve);
      });
      expect(result).toEqual({ code: 0 });
    }
    await receiver.waitFor(() => answers === 2);
    const [series] = receiver.find({ __name__: "orders_total" });
    expect(series?.samples.map(({ value }) => value)).toEqual([1, 2, 3]);
    expect(exporter.stats()).toMatchObject({ acknowledged: { samples: 3 }, dropped: {}, retries: 0 });
    endTest();
  });
});
