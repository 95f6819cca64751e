import { diag, type DiagLogger, DiagLogLevel } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  InstrumentType,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";
import { exportOnce, type Metrics, resource, startExporter } from "./start-exporter.test-support.js";

afterEach(() => diag.disable());

/** What the SDK hands to an exporter: one counter, of 3. */
async function collect(): Promise<Metrics> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ resource, readers: [reader] });
  onTestFinished(() => provider.shutdown());
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
    const { receiver, provider, meter, exporter } = await startExporter();
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
    const { receiver, provider, meter } = await startExporter({
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
    const { receiver, provider, meter } = await startExporter({
      protobufMessage: "io.prometheus.write.v2.Request",
    });
    meter.createCounter("orders", { description: "Orders placed" }).add(1);
    await provider.forceFlush();
    expect(receiver.violations).toEqual([]);
    const [series] = receiver.find({ __name__: "orders_total" });
    expect(series?.metadata).toMatchObject({ type: "counter", help: "Orders placed" });
    expect(series?.samples[0]?.startTimestamp).toBeGreaterThan(0);
  });

  it("splits a collection into requests of maxSamplesPerSend, and keeps every series in order", async () => {
    const { receiver, provider, meter } = await startExporter({ queue: { maxSamplesPerSend: 10 } });
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

  it("T28: asks for cumulative temporality, whatever the instrument", async () => {
    const { exporter } = await startExporter();
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
    const { receiver, exporter } = await startExporter();
    receiver.answer(503);
    expect((await exportOnce(exporter, await collect()))?.message).toMatch(/^queued, will be retried/);
    await exporter.forceFlush();
    expect(receiver.value({ __name__: "orders_total" })).toBe(3);
    expect(exporter.stats()).toMatchObject({ retries: 1, dropped: {} });
  });

  it("W1.21: drops what the receiver refuses, and names status and text", async () => {
    const { receiver, exporter } = await startExporter();
    receiver.answer({ status: 400, body: "out of order sample" });
    const error = await exportOnce(exporter, await collect());
    expect(error?.message).toMatch(/400.*out of order sample/s);
    expect(exporter.stats().dropped).toHaveProperty("bad_request");
    expect(receiver.requests).toHaveLength(1);
  });

  it("E7: fails exports after shutdown through the callback; a second shutdown is harmless", async () => {
    const { exporter } = await startExporter();
    await exporter.shutdown();
    await exporter.shutdown();
    expect((await exportOnce(exporter, await collect()))?.message).toBe("the exporter was shut down");
  });

  it("E7: everything is answered and counted when shutdown resolves, also what it cuts off", async () => {
    // Slow, but in time: five requests in a row take longer than the shutdown may.
    const exporter = new RemoteWriteMetricExporter({
      url: "http://127.0.0.1:9/api/v1/write",
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
    onTestFinished(() => provider.shutdown());
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

  it("E7: a shutdown takes no longer than it is given", async () => {
    const { exporter, receiver } = await startExporter({ timeoutMillis: 600_000 });
    receiver.answerEvery({ fault: "stall" });
    const exported = exportOnce(exporter, await collect());
    await receiver.waitFor({ requests: 1 });
    await exporter.shutdown(1);
    expect(await exported).toBeInstanceOf(Error);
    expect(exporter.stats()).toMatchObject({ unconfirmed: 1, queue: { samples: 0 }, inFlight: 0 });
  });

  it("E3: keeps order when the next export starts before the last has ended", async () => {
    const { receiver, exporter, reader, meter } = await startExporter();
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
    const { receiver, exporter } = await startExporter();
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
    const { exporter } = await startExporter();
    const lines = captureLog();
    exporter.export(await collect(), thrower);
    await exporter.shutdown();
    exporter.export(await collect(), thrower);
    expect(lines.join("\n")).toContain("the callback of export() threw: Error: not our business");
  });

  it("answers input that it cannot read through the callback", async () => {
    const { exporter } = await startExporter();
    const hostile = new Proxy({} as Metrics, {
      get() {
        throw new Error("hostile");
      },
    });
    await expect(exportOnce(exporter, hostile)).resolves.toSatisfy(
      (result) => result === undefined || result instanceof Error,
    );
  });
});
