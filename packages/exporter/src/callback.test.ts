import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { startReceiver } from "@otel-remote-write/receiver";
import { describe, expect, it, onTestFinished } from "vitest";
import { nextMillisecond } from "./next-millisecond.test-support.js";
import type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
import { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";

async function start(
  options: Partial<RemoteWriteMetricExporterOptions> = {},
  readerOptions: {
    exportIntervalMillis?: number;
    exportTimeoutMillis?: number;
    maxExportBatchSize?: number;
  } = {},
) {
  const receiver = await startReceiver();
  const exporter = new RemoteWriteMetricExporter({
    url: receiver.url,
    protobufMessage: "prometheus.WriteRequest",
    metadata: { send: false },
    ...options,
  });
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
    ...readerOptions,
  });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({
      "service.name": "shop",
      "service.instance.id": "one",
      "service.version": "1",
    }),
    readers: [reader],
  });
  onTestFinished(async () => {
    await provider.shutdown();
    await receiver.close();
  });
  /** What the callback of each export was called with, in the order of the exports. */
  const calls: (string | undefined)[][] = [];
  const meter = provider.getMeter("test");
  /** Exports a collection of a millisecond of its own, so that every one has all samples. */
  const exportOnce = async (): Promise<{ called: Promise<void> }> => {
    await nextMillisecond();
    const { resourceMetrics } = await reader.collect();
    const own: (string | undefined)[] = [];
    calls.push(own);
    const called = new Promise<void>((resolve) => {
      exporter.export(resourceMetrics, ({ error }) => {
        own.push(error?.message);
        resolve();
      });
    });
    return { called };
  };
  return { receiver, exporter, reader, provider, meter, calls, exportOnce };
}

describe("E6: the callback of export() is called once", () => {
  it("where the codec throws", async () => {
    const codec = {
      name: "snappy",
      compress: (): Uint8Array => {
        throw new Error("out of order");
      },
    };
    const { exporter, meter, calls, exportOnce } = await start({ codec });
    meter.createCounter("orders").add(1);
    await (
      await exportOnce()
    ).called;
    await exporter.shutdown();
    expect(calls).toEqual([[expect.stringContaining("could not be encoded")]]);
    expect(exporter.stats().dropped).toEqual({ encode_failed: 2 });
  });

  it("E7: where a shutdown comes in the middle of a request, and after it", async () => {
    const { receiver, exporter, meter, calls, exportOnce } = await start({ timeoutMillis: 500 });
    receiver.answerEvery({ fault: "stall" });
    meter.createCounter("orders").add(1);
    await exportOnce();
    await exportOnce();
    await exporter.shutdown();
    const { called } = await exportOnce();
    await called;
    expect(calls).toEqual([[expect.any(String)], [expect.any(String)], ["the exporter was shut down"]]);
    const { dropped, unconfirmed, queue } = exporter.stats();
    expect((dropped["shutdown"] ?? 0) + unconfirmed).toBe(4);
    expect(queue).toEqual({ rounds: 0, samples: 0, bytes: 0 });
  });

  it("E4: where the queue overflows, and counts and names what is lost", async () => {
    const { receiver, exporter, meter, calls, exportOnce } = await start({ queue: { maxSamples: 3 } });
    // With a pause that jitter does not make short: what is on its way is not dropped.
    receiver.answerEvery({ status: 503, headers: { "retry-after": "60" } });
    const counter = meter.createCounter("orders");
    for (let value = 0; value < 3; value++) {
      counter.add(1);
      await (
        await exportOnce()
      ).called;
    }
    expect(calls).toHaveLength(3);
    for (const own of calls) expect(own).toEqual([expect.stringMatching(/^queued, will be retried: .*503/)]);
    expect(exporter.stats()).toMatchObject({ dropped: { queue_full: 4 }, queue: { samples: 2 } });
    receiver.answerEvery(undefined);
    await exporter.forceFlush();
    expect(calls.map(({ length }) => length)).toEqual([1, 1, 1]);
    const [series] = receiver.find({ __name__: "orders_total" });
    expect(series?.samples.map(({ value }) => value)).toEqual([3]);
  });

  it("at once in an outage, so that the SDK goes on collecting, and nothing is lost by it", async () => {
    const { receiver, exporter, meter, calls, exportOnce } = await start();
    receiver.answerEvery({ status: 503, headers: { "retry-after": "60" } });
    const counter = meter.createCounter("orders");
    for (let value = 1; value <= 4; value++) {
      counter.add(1);
      // Nothing but the first attempt could end these.
      await (
        await exportOnce()
      ).called;
    }
    expect(receiver.requests).toHaveLength(1);
    expect(calls.flat()).toEqual(Array(4).fill(expect.stringMatching(/^queued, will be retried: /)));
    receiver.answerEvery(undefined);
    await exporter.forceFlush();
    expect(receiver.violations).toEqual([]);
    const [series] = receiver.find({ __name__: "orders_total" });
    expect(series?.samples.map(({ value }) => value)).toEqual([1, 2, 3, 4]);
  });
});

describe("E3: a reader", () => {
  it("that timed out and began its next cycle breaks no order", async () => {
    const { receiver, exporter, meter, provider } = await start(
      {},
      { exportIntervalMillis: 20, exportTimeoutMillis: 10 },
    );
    const { promise: slow, resolve: answer } = Promise.withResolvers<void>();
    let requests = 0;
    receiver.answerEvery(() => (++requests === 1 ? { status: 204, after: slow } : undefined));
    const counter = meter.createObservableCounter("ticks");
    let ticks = 0;
    const { promise: enough, resolve: isEnough } = Promise.withResolvers<void>();
    counter.addCallback((result) => {
      result.observe(++ticks);
      if (ticks === 5) isEnough();
    });
    await enough;
    answer();
    await provider.forceFlush();
    expect(receiver.violations).toEqual([]);
    const [series] = receiver.find({ __name__: "ticks_total" });
    const values = series?.samples.map(({ value }) => value) ?? [];
    expect(values.length).toBeGreaterThanOrEqual(5);
    expect(values).toEqual(values.map((_, i) => i + 1));
    expect(exporter.stats().dropped).toEqual({});
  });

  it("that splits collections has target_info once for each, and every series", async () => {
    const { receiver, exporter, meter, provider } = await start({}, { maxExportBatchSize: 3 });
    const counter = meter.createCounter("orders");
    for (let collection = 1; collection <= 3; collection++) {
      for (let item = 0; item < 10; item++) counter.add(1, { item });
      await nextMillisecond();
      await provider.forceFlush();
    }
    expect(receiver.violations).toEqual([]);
    const orders = receiver.find({ __name__: "orders_total" });
    expect(orders).toHaveLength(10);
    for (const { samples } of orders) expect(samples.map(({ value }) => value)).toEqual([1, 2, 3]);
    const [target] = receiver.find({ __name__: "target_info" });
    expect(target?.samples).toHaveLength(3);
    expect(exporter.stats().acknowledged.samples).toBe(33);
    expect(exporter.stats().dropped).toEqual({});
  });
});
