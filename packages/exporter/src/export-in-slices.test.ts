// Exports with many new series, whose labels are made between other work of the event loop.
import { AggregationType } from "@opentelemetry/sdk-metrics";
import { describe, expect, it } from "vitest";
import { exportOnce, startExporter } from "./start-exporter.test-support.js";

describe("an export with many new series", () => {
  it("makes the labels of new series in slices, and sends what was there when export() was called", async () => {
    const { receiver, exporter, reader, meter } = await startExporter();
    const counter = meter.createCounter("orders");
    const histogram = meter.createHistogram("wait", { advice: { explicitBucketBoundaries: [10] } });
    const items = Array.from({ length: 1500 }, (_, item) => ({ item }));
    for (const item of items) {
      counter.add(1, item);
      histogram.record(1, item);
    }
    const { resourceMetrics } = await reader.collect();
    const exported = exportOnce(exporter, resourceMetrics);
    // Nothing can be queued before all series have their labels.
    expect(exporter.stats().queue.rounds).toBe(0);
    for (const item of items) {
      counter.add(100, item);
      histogram.record(100, item);
    }
    expect(await exported).toBeUndefined();
    expect(receiver.violations).toEqual([]);
    const valuesOf = (name: string): Set<number | undefined> =>
      new Set(receiver.find({ __name__: name, job: "shop" }).map(({ samples }) => samples.at(-1)?.value));
    expect(receiver.find({ __name__: "orders_total" })).toHaveLength(items.length);
    expect(valuesOf("orders_total")).toEqual(new Set([1]));
    expect(valuesOf("wait_sum")).toEqual(new Set([1]));
    expect(valuesOf("wait_bucket")).toEqual(new Set([1]));
  });

  it("sends what was there when export() was called, of every kind, in the first export and later", async () => {
    const { receiver, exporter, reader, meter } = await startExporter({}, [
      { instrumentName: "size", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ]);
    const items = Array.from({ length: 1000 }, (_, item) => ({ item }));
    const counter = meter.createCounter("orders");
    const level = meter.createUpDownCounter("level");
    const gauge = meter.createGauge("depth");
    const wait = meter.createHistogram("wait", { advice: { explicitBucketBoundaries: [10] } });
    const size = meter.createHistogram("size");
    const record = (value: number): void => {
      for (const item of items) {
        counter.add(value, item);
        level.add(value, item);
        gauge.record(value, item);
        wait.record(value, item);
        size.record(value, item);
      }
    };
    for (const [collection, total, depth] of [
      [1, 1, 1],
      [2, 102, 1],
      [3, 203, 1],
    ] as const) {
      record(1);
      const { resourceMetrics } = await reader.collect();
      const exported = exportOnce(exporter, resourceMetrics);
      // As its labels are made, and as its Rounds are encoded.
      const recorded = new Promise((resolve) => void setImmediate(() => resolve(record(50))));
      record(50);
      await recorded;
      expect(await exported).toBeUndefined();
      const lastOf = (name: string): Set<unknown> => {
        const series = receiver.find({ __name__: name, job: "shop" });
        expect(series).toHaveLength(items.length);
        return new Set(
          series.map(({ samples, histograms }) => samples.at(-1)?.value ?? histograms.at(-1)?.sum),
        );
      };
      expect(lastOf("orders_total")).toEqual(new Set([total]));
      expect(lastOf("level")).toEqual(new Set([total]));
      expect(lastOf("depth")).toEqual(new Set([depth]));
      expect(lastOf("wait_sum")).toEqual(new Set([total]));
      expect(lastOf("wait_count")).toEqual(new Set([3 * collection - 2]));
      expect(lastOf("size")).toEqual(new Set([total]));
    }
    expect(receiver.violations).toEqual([]);
  });

  it.each(["forceFlush", "shutdown"] as const)(
    "sends series whose labels are not made yet on %s",
    async (end) => {
      const { receiver, exporter, reader, meter } = await startExporter();
      const counter = meter.createCounter("orders");
      for (let item = 0; item < 1500; item++) counter.add(1, { item });
      const { resourceMetrics } = await reader.collect();
      exporter.export(resourceMetrics, () => undefined);
      await exporter[end]();
      expect(receiver.find({ __name__: "orders_total" })).toHaveLength(1500);
    },
  );

  it("E3: ends a collection that is in slices before it begins with the next", async () => {
    const { receiver, exporter, reader, meter } = await startExporter();
    const counter = meter.createCounter("orders");
    const results: Promise<Error | undefined>[] = [];
    for (let collection = 1; collection <= 3; collection++) {
      for (let item = 0; item < 1000 * collection; item++) counter.add(1, { item });
      const { resourceMetrics } = await reader.collect();
      results.push(exportOnce(exporter, resourceMetrics));
    }
    expect(await Promise.all(results)).toEqual([undefined, undefined, undefined]);
    expect(receiver.violations).toEqual([]);
    const [oldest] = receiver.find({ __name__: "orders_total", item: "0" });
    expect(oldest?.samples.map(({ value }) => value)).toEqual([1, 2, 3]);
  });
});
