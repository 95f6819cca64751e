import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { type Receiver, startReceiver } from "@otel-remote-write/receiver";
import { describe, expect, it, onTestFinished } from "vitest";
import { nextMillisecond } from "./next-millisecond.test-support.js";
import type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
import { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";

const requestBytes = 3000;

async function start(options: Partial<RemoteWriteMetricExporterOptions> = {}) {
  const receiver = await startReceiver({ limits: { requestBytes } });
  const exporter = new RemoteWriteMetricExporter({
    url: receiver.url,
    protobufMessage: "prometheus.WriteRequest",
    metadata: { send: false },
    ...options,
  });
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
    cardinalityLimits: { default: 10_000 },
  });
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

const refusals = ({ requests }: Receiver): number => requests.filter(({ status }) => status === 413).length;

describe("a receiver that takes smaller requests only (413)", () => {
  it("W1.18, W1.19: gets everything, in order, in batches that are split for good", async () => {
    const { receiver, exporter, reader, meter } = await start();
    const counter = meter.createCounter("orders");
    const histogram = meter.createHistogram("wait", { advice: { explicitBucketBoundaries: [1, 2, 4, 8] } });
    const results: Promise<number>[] = [];
    for (let collection = 1; collection <= 5; collection++) {
      for (let item = 0; item < 300; item++) counter.add(1, { item });
      // Into the first bucket, so that every series has another value, also within one millisecond.
      for (let route = 0; route < 40; route++) histogram.record(0.5, { route });
      const { resourceMetrics } = await reader.collect();
      // All are queued before the first request is answered.
      results.push(new Promise((resolve) => exporter.export(resourceMetrics, ({ code }) => resolve(code))));
    }
    expect(await Promise.all(results)).toEqual([0, 0, 0, 0, 0]);

    expect(receiver.violations).toEqual([]);
    const series = receiver.find({ __name__: /orders_total|wait_.*/ });
    expect(series).toHaveLength(300 + 40 * 7);
    for (const { samples } of series) expect(samples).toHaveLength(5);
    for (const { samples } of receiver.find({ __name__: "orders_total" })) {
      expect(samples.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5]);
    }
    expect(exporter.stats()).toMatchObject({
      dropped: {},
      queue: { rounds: 0, samples: 0, bytes: 0 },
      inFlight: 0,
    });
    expect(exporter.stats().acknowledged.samples).toBe(receiver.totals().samples);

    const before = refusals(receiver);
    expect(before).toBeGreaterThan(0);
    counter.add(1, { item: 1 });
    await exporter.forceFlush();
    const { resourceMetrics } = await reader.collect();
    await new Promise<void>((resolve) => exporter.export(resourceMetrics, () => resolve()));
    expect(refusals(receiver)).toBe(before);
  });

  it("gets new series in batches that do not grow to the refused size again", async () => {
    const { receiver, provider, meter } = await start();
    const counter = meter.createCounter("orders");
    for (let item = 0; item < 1000; item++) counter.add(1, { item });
    await provider.forceFlush();
    const before = refusals(receiver);
    for (let item = 1000; item < 2000; item++) counter.add(1, { item });
    await provider.forceFlush();
    expect(before).toBeGreaterThan(1);
    expect(refusals(receiver) - before).toBeLessThan(before);
    expect(receiver.find({ __name__: "orders_total" })).toHaveLength(2000);
    const again = refusals(receiver);
    await provider.forceFlush();
    expect(refusals(receiver)).toBe(again);
  });

  it("E5: gets the buckets of a classic histogram in one request", async () => {
    const { receiver, provider, meter } = await start();
    const histogram = meter.createHistogram("wait", { advice: { explicitBucketBoundaries: [1, 2, 4, 8] } });
    for (let route = 0; route < 200; route++) histogram.record(3, { route });
    await provider.forceFlush();
    expect(refusals(receiver)).toBeGreaterThan(0);
    const stored = receiver.requests.filter((request) => request.stored);
    // target_info besides, in one of them.
    expect(stored.filter(({ counts }) => counts.samples % 7 > 1)).toEqual([]);
  });

  it("loses the one series that is too large for itself, as payload_too_large", async () => {
    const { receiver, exporter, provider, meter } = await start();
    const counter = meter.createCounter("orders");
    // Of random digits, so that it cannot be compressed.
    const text = Array.from({ length: 1000 }, (_, i) => ((i + 1) * 2_654_435_761).toString(36)).join("");
    counter.add(1, { text });
    for (let item = 0; item < 50; item++) counter.add(1, { item });
    await expect(provider.forceFlush()).resolves.toBeUndefined();
    expect(exporter.stats()).toMatchObject({ dropped: { payload_too_large: 1 }, queue: { rounds: 0 } });
    expect(receiver.find({ __name__: "orders_total" })).toHaveLength(50);
    await nextMillisecond();
    await provider.forceFlush();
    expect(exporter.stats().dropped).toEqual({ payload_too_large: 2 });
  });
});
