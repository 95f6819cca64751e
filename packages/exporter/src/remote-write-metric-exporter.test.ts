import { diag, type DiagLogger, DiagLogLevel } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  InstrumentType,
  MeterProvider,
  type MeterProviderOptions,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import { type Receiver, startReceiver } from "@otel-remote-write/receiver";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
import { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";

type Metrics = Parameters<PushMetricExporter["export"]>[0];

const resource = resourceFromAttributes({ "service.name": "shop", "service.instance.id": "one" });
let receiver: Receiver;
let providers: MeterProvider[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(async () => {
  diag.disable();
  await Promise.all(providers.map((provider) => provider.shutdown()));
  providers = [];
  await receiver.close();
});

/** An exporter in the SDK, which collects only when told to. */
function start(options: Partial<RemoteWriteMetricExporterOptions> = {}) {
  const exporter = new RemoteWriteMetricExporter({ url: receiver.url, ...options });
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
    cardinalityLimits: { default: 10_000 },
  });
  const provider = new MeterProvider({ resource, readers: [reader] });
  providers.push(provider);
  return { exporter, reader, provider, meter: provider.getMeter("test") };
}

async function exportOnce(exporter: RemoteWriteMetricExporter, metrics: Metrics): Promise<Error | undefined> {
  const { code, error } = await new Promise<{ code: number; error?: Error }>((resolve) => {
    exporter.export(metrics, resolve);
  });
  return code === 0 ? undefined : (error ?? new Error("failed without an error"));
}

/** What the SDK hands to an exporter: one counter, of 3. */
async function collect(): Promise<Metrics> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ resource, readers: [reader] });
  providers.push(provider);
  provider.getMeter("test").createCounter("orders").add(3);
  const { resourceMetrics } = await reader.collect();
  return resourceMetrics;
}

function captureLog(): string[] {
  const lines: string[] = [];
  const line = (...parts: unknown[]): void => void lines.push(parts.join(" "));
  const logger: DiagLogger = { error: line, warn: line, info: line, debug: line, verbose: line };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  return lines;
}

function thrower(): void {
  throw new Error("not our business");
}

describe("RemoteWriteMetricExporter", () => {
  it("E1, E2: brings what the SDK collects to the receiver, without breaking a rule", async () => {
    const { provider, meter, exporter } = start();
    const counter = meter.createCounter("orders", { unit: "{order}", description: "Orders placed" });
    counter.add(3, { country: "NO" });
    counter.add(4, { country: "SE" });
    meter.createHistogram("wait", { unit: "s", advice: { explicitBucketBoundaries: [1, 10] } }).record(5);
    await provider.forceFlush();
    expect(receiver.violations).toEqual([]);
    const labels = { job: "shop", instance: "one", otel_scope_name: "test" };
    expect(receiver.value({ __name__: "orders_total", country: "NO", ...labels })).toBe(3);
    expect(receiver.value({ __name__: "orders_total", country: "SE", ...labels })).toBe(4);
    expect(receiver.value({ __name__: "wait_seconds_bucket", le: "1", ...labels })).toBe(0);
    expect(receiver.value({ __name__: "wait_seconds_bucket", le: "10", ...labels })).toBe(1);
    expect(receiver.value({ __name__: "wait_seconds_bucket", le: "+Inf", ...labels })).toBe(1);
    expect(receiver.value({ __name__: "wait_seconds_sum", ...labels })).toBe(5);
    expect(receiver.value({ __name__: "wait_seconds_count", ...labels })).toBe(1);
    expect(exporter.stats()).toMatchObject({
      acknowledged: { samples: receiver.totals().storedPoints },
      dropped: {},
    });
  });

  it("W1.4: sends the exact headers of 1.0", async () => {
    const { provider, meter } = start({
      headers: { "X-Scope-OrgID": "tenant" },
      protobufMessage: "prometheus.WriteRequest",
    });
    meter.createCounter("orders").add(1);
    await provider.forceFlush();
    expect(receiver.requests[0]?.headers).toMatchObject({
      "content-encoding": "snappy",
      "content-type": "application/x-protobuf",
      "x-prometheus-remote-write-version": "0.1.0",
      "user-agent": expect.stringMatching(/^otel-remote-write\/\d/),
      "x-scope-orgid": "tenant",
    });
  });

  it("sends 2.0 where asked to, with start timestamps and metadata", async () => {
    const { provider, meter } = start({ protobufMessage: "io.prometheus.write.v2.Request" });
    meter.createCounter("orders", { description: "Orders placed" }).add(1);
    await provider.forceFlush();
    expect(receiver.violations).toEqual([]);
    const [series] = receiver.find({ __name__: "orders_total" });
    expect(series?.metadata).toMatchObject({ type: "counter", help: "Orders placed" });
    expect(series?.samples[0]?.startTimestamp).toBeGreaterThan(0);
  });

  it("splits a collection into requests of maxSamplesPerSend, and keeps every series in order", async () => {
    const { provider, meter } = start({ queue: { maxSamplesPerSend: 10 } });
    const counter = meter.createCounter("orders");
    for (let round = 1; round <= 3; round++) {
      for (let item = 0; item < 35; item++) counter.add(1, { item });
      await provider.forceFlush();
    }
    expect(receiver.violations).toEqual([]);
    const series = receiver.find({ __name__: "orders_total" });
    expect(series).toHaveLength(35);
    for (const { samples } of series) expect(samples.map(({ value }) => value)).toEqual([1, 2, 3]);
    for (const { counts } of receiver.requests) expect(counts.samples).toBeLessThanOrEqual(10);
  });

  it("T28: asks for cumulative temporality, whatever the instrument", () => {
    const { exporter } = start();
    for (const type of Object.values(InstrumentType)) {
      expect(exporter.selectAggregationTemporality(type)).toBe(AggregationTemporality.CUMULATIVE);
    }
  });

  it("says what to do where nothing listens", async () => {
    const never = 3_600_000;
    const exporter = new RemoteWriteMetricExporter({
      url: "http://127.0.0.1:1/api/v1/write",
      queue: { minBackoffMillis: never, maxBackoffMillis: never },
    });
    const lines = captureLog();
    const error = await exportOnce(exporter, await collect());
    expect(error?.message).toMatch(/^queued, will be retried: .*127\.0\.0\.1:1 .*ECONNREFUSED/);
    expect(lines.join("\n")).toMatch(/otel-remote-write 127\.0\.0\.1:1 .*ECONNREFUSED/);
    expect(exporter.stats().lastError).toContain("ECONNREFUSED");
  });

  it("W1.20: delivers by one forceFlush also when the first attempt fails", async () => {
    receiver.answer(503);
    const { exporter } = start();
    expect((await exportOnce(exporter, await collect()))?.message).toMatch(/^queued, will be retried/);
    await exporter.forceFlush();
    expect(receiver.value({ __name__: "orders_total" })).toBe(3);
    expect(exporter.stats()).toMatchObject({ retries: 1, dropped: {} });
  });

  it("W1.21: drops what the receiver refuses, and names status and text", async () => {
    receiver.answer({ status: 400, body: "out of order sample" });
    const { exporter } = start();
    const error = await exportOnce(exporter, await collect());
    expect(error?.message).toMatch(/400.*out of order sample/s);
    expect(exporter.stats().dropped).toHaveProperty("bad_request");
    expect(receiver.requests).toHaveLength(1);
  });

  it("E7: fails exports after shutdown through the callback; a second shutdown is harmless", async () => {
    const { exporter } = start();
    await exporter.shutdown();
    await exporter.shutdown();
    expect((await exportOnce(exporter, await collect()))?.message).toBe("the exporter was shut down");
  });

  it("E7: everything is answered and counted when shutdown resolves, also what it cuts off", async () => {
    // Slow, but in time: five requests in a row take longer than the shutdown may.
    const exporter = new RemoteWriteMetricExporter({
      url: receiver.url,
      timeoutMillis: 200,
      fetch: () =>
        new Promise((resolve) => setTimeout(() => resolve(new Response(null, { status: 204 })), 120)),
      protobufMessage: "prometheus.WriteRequest",
      metadata: { send: false },
      translator: { targetInfo: false },
    });
    const reader = new PeriodicExportingMetricReader({
      exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
      exportIntervalMillis: 3_600_000,
    });
    const provider = new MeterProvider({ resource, readers: [reader] });
    providers.push(provider);
    const orders = provider.getMeter("test").createCounter("orders");
    let answers = 0;
    for (let i = 0; i < 5; i++) {
      orders.add(1);
      const { resourceMetrics } = await reader.collect();
      exporter.export(resourceMetrics, () => answers++);
    }
    await exporter.shutdown();
    const stats = exporter.stats();
    expect(answers).toBe(5);
    expect(stats).toMatchObject({ inFlight: 0, queue: { rounds: 0, samples: 0, bytes: 0 } });
    expect(stats.acknowledged.samples + stats.unconfirmed + (stats.dropped["shutdown"] ?? 0)).toBe(5);
  });

  it("E3: keeps order when the next export starts before the last has ended", async () => {
    const { exporter, reader, meter } = start();
    const counter = meter.createCounter("orders");
    const results: Promise<Error | undefined>[] = [];
    for (let value = 1; value <= 5; value++) {
      counter.add(1);
      const { resourceMetrics } = await reader.collect();
      results.push(exportOnce(exporter, resourceMetrics));
    }
    expect(await Promise.all(results)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(receiver.violations).toEqual([]);
    const [series] = receiver.find({ __name__: "orders_total" });
    expect(series?.samples.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5]);
  });

  it("E6: answers with an error when something of the collection cannot be sent, and sends the rest", async () => {
    const { exporter } = start();
    const metrics = await collect();
    const [scope] = metrics.scopeMetrics;
    const [orders] = scope?.metrics ?? [];
    if (scope === undefined || orders === undefined) throw new Error("there is no metric");
    const descriptor = { ...orders.descriptor, name: "visits" };
    scope.metrics.push({ ...orders, descriptor, aggregationTemporality: AggregationTemporality.DELTA });
    const error = await exportOnce(exporter, metrics);
    expect(error?.message).toMatch(/^dropped \(delta_temporality\): visits is not cumulative/);
    expect(receiver.value({ __name__: "orders_total" })).toBe(3);
    expect(exporter.stats().dropped).toEqual({ delta_temporality: 1 });
  });

  it("keeps a callback that throws from the application, also after shutdown", async () => {
    const { exporter } = start();
    const lines = captureLog();
    exporter.export(await collect(), thrower);
    await exporter.shutdown();
    exporter.export(await collect(), thrower);
    expect(lines.join("\n")).toContain("the callback of export() threw: Error: not our business");
  });

  it("answers input that it cannot read through the callback", async () => {
    const { exporter } = start();
    const hostile = new Proxy({} as Metrics, {
      get() {
        throw new Error("hostile");
      },
    });
    await expect(exportOnce(exporter, hostile)).resolves.toSatisfy(
      (result) => result === undefined || result instanceof Error,
    );
  });

  it("makes the labels of new series in slices, and sends what was there when export() was called", async () => {
    const { exporter, reader, meter } = start();
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
    const exporter = new RemoteWriteMetricExporter({ url: receiver.url });
    const reader = new PeriodicExportingMetricReader({
      exporter,
      exportIntervalMillis: 3_600_000,
      cardinalityLimits: { default: 10_000 },
    });
    const views: MeterProviderOptions["views"] = [
      { instrumentName: "size", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
    ];
    const provider = new MeterProvider({ resource, readers: [reader], views });
    providers.push(provider);
    const meter = provider.getMeter("test");
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
      const { exporter, reader, meter } = start();
      const counter = meter.createCounter("orders");
      for (let item = 0; item < 1500; item++) counter.add(1, { item });
      const { resourceMetrics } = await reader.collect();
      exporter.export(resourceMetrics, () => undefined);
      await exporter[end]();
      expect(receiver.find({ __name__: "orders_total" })).toHaveLength(1500);
    },
  );

  it("E3: ends a collection that is in slices before it begins with the next", async () => {
    const { exporter, reader, meter } = start();
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
