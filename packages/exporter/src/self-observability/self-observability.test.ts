import {
  diag,
  type DiagLogger,
  DiagLogLevel,
  type MeterProvider as ApiMeterProvider,
} from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import { type Receiver, startReceiver } from "@otel-remote-write/receiver";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nextMillisecond } from "../next-millisecond.test-support.js";
import type { RemoteWriteMetricExporterOptions } from "../options/exporter-options.js";
import { RemoteWriteMetricExporter } from "../remote-write-metric-exporter.js";

const never = 3_600_000;
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

function createReader(exporter: PushMetricExporter): PeriodicExportingMetricReader {
  return new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: never });
}

/** A provider to observe with, and what it has been told. */
function createObserver() {
  const reader = createReader(new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE));
  const meterProvider = new MeterProvider({ readers: [reader] });
  providers.push(meterProvider);

  /** Each point by the metric's name and the attributes that are not those of every point. */
  async function observed(): Promise<Record<string, number>> {
    const { resourceMetrics } = await reader.collect();
    const points: Record<string, number> = {};
    for (const { descriptor, dataPoints } of resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)) {
      for (const { attributes, value } of dataPoints) {
        const own = Object.entries(attributes).filter(([name]) => !/^(otel\.component|server)\./.test(name));
        const key = [descriptor.name, ...own.map(([name, is]) => `${name}=${String(is)}`)].join(" ");
        points[key] = typeof value === "number" ? value : value.count;
      }
    }
    return points;
  }
  return { meterProvider, reader, observed };
}

/** An application with an exporter: one counter and one histogram, which are 2 data points. */
function createApplication(
  selfObsMeterProvider: ApiMeterProvider,
  options: Partial<RemoteWriteMetricExporterOptions> = {},
) {
  const exporter = new RemoteWriteMetricExporter({ url: receiver.url, selfObsMeterProvider, ...options });
  const reader = createReader(exporter);
  const provider = new MeterProvider({
    readers: [reader],
    resource: resourceFromAttributes({ "service.name": "shop" }),
  });
  providers.push(provider);
  const meter = provider.getMeter("test");
  meter.createCounter("orders").add(1);
  meter.createHistogram("latency").record(1);
  return { exporter, reader, provider };
}

/** Of its export. */
const samples = 19;
const inflight = "otel.sdk.exporter.metric_data_point.inflight";
const exported = "otel.sdk.exporter.metric_data_point.exported";
const duration = "otel.sdk.exporter.operation.duration";

describe("metrics about the exporter", () => {
  it("of an export that succeeds", async () => {
    const { meterProvider, observed } = createObserver();
    const { exporter, provider } = createApplication(meterProvider);
    await provider.forceFlush();
    const points = await observed();
    const { queue, acknowledged, lastSuccessTime = 0 } = exporter.stats();
    expect(acknowledged.samples).toBe(samples);
    expect(points).toEqual({
      [inflight]: 0,
      [exported]: 2,
      [`${duration} http.response.status_code=${receiver.requests[0]?.status}`]: 1,
      "remote_write.samples.sent": samples,
      "remote_write.samples.acknowledged": samples,
      "remote_write.samples.written": samples,
      "remote_write.samples.retried": 0,
      "remote_write.samples.unconfirmed": 0,
      "remote_write.queue.rounds": 0,
      "remote_write.queue.samples": 0,
      "remote_write.queue.size": queue.bytes,
      "remote_write.requests.inflight": 0,
      "remote_write.last_success.time": lastSuccessTime / 1000,
    });
  });

  it("of an export that succeeds at the second attempt: once, at its end", async () => {
    const { meterProvider, observed } = createObserver();
    const { exporter, provider } = createApplication(meterProvider);
    const second = Promise.withResolvers<void>();
    receiver.answer({ status: 503 }, { status: 204, after: second.promise });
    const flushed = provider.forceFlush();
    await receiver.waitFor({ requests: 2 });
    expect(exporter.stats().retried).toBe(samples);
    expect(await observed()).toMatchObject({
      [inflight]: 2,
      "remote_write.samples.sent": 2 * samples,
      "remote_write.samples.retried": samples,
      "remote_write.queue.samples": samples,
      "remote_write.requests.inflight": 1,
    });
    second.resolve();
    await flushed;
    const points = await observed();
    expect(points).toMatchObject({
      [inflight]: 0,
      [exported]: 2,
      "remote_write.samples.acknowledged": samples,
    });
    expect(Object.entries(points).filter(([name]) => name.startsWith(duration))).toEqual([
      [`${duration} http.response.status_code=204`, 1],
    ]);
  });

  it("of an export that is refused", async () => {
    const { meterProvider, observed } = createObserver();
    const { exporter, provider } = createApplication(meterProvider);
    receiver.answerEvery(403);
    await provider.forceFlush().catch(() => {});
    expect(exporter.stats().dropped).toEqual({ forbidden: samples });
    const points = await observed();
    expect(points).toMatchObject({
      [inflight]: 0,
      [`${exported} error.type=forbidden`]: 2,
      [`${duration} error.type=forbidden http.response.status_code=403`]: 1,
      "remote_write.samples.dropped reason=forbidden": samples,
    });
    expect(points).not.toHaveProperty([exported]);
    expect(points).not.toHaveProperty(["remote_write.last_success.time"]);
  });

  it("of an export that falls out of the queue", async () => {
    const { meterProvider, observed } = createObserver();
    const { exporter, reader } = createApplication(meterProvider, { queue: { maxSamples: samples } });
    // With a pause that jitter does not make short.
    receiver.answerEvery({ status: 503, headers: { "retry-after": "60" } });
    for (let i = 0; i < 2; i++) {
      await nextMillisecond();
      const { resourceMetrics } = await reader.collect();
      await new Promise((resolve) => exporter.export(resourceMetrics, resolve));
    }
    expect(await observed()).toMatchObject({
      [inflight]: 2,
      [`${exported} error.type=queue_full`]: 2,
      [`${duration} error.type=queue_full http.response.status_code=503`]: 1,
    });
  });

  it("of points that cannot be sent at all", async () => {
    const { meterProvider, observed } = createObserver();
    const { exporter } = createApplication(meterProvider);
    const delta = createReader(new InMemoryMetricExporter(AggregationTemporality.DELTA));
    const provider = new MeterProvider({ readers: [delta] });
    const counter = provider.getMeter("test").createCounter("orders");
    for (const country of ["NO", "SE", "FI"]) counter.add(1, { country });
    const { resourceMetrics } = await delta.collect();
    await new Promise((resolve) => exporter.export(resourceMetrics, resolve));
    expect(await observed()).toMatchObject({
      [inflight]: 0,
      [`${exported} error.type=delta_temporality`]: 3,
    });
    expect(exporter.stats().dropped).toEqual({ delta_temporality: 3 });
    await provider.shutdown();
  });

  it("say which exporter it is, and where it writes", async () => {
    const { meterProvider, reader } = createObserver();
    for (let i = 0; i < 2; i++) await createApplication(meterProvider).provider.forceFlush();
    const { resourceMetrics } = await reader.collect();
    const [{ scope, metrics } = { scope: undefined, metrics: [] }] = resourceMetrics.scopeMetrics;
    expect(scope?.name).toBe("@otel-remote-write/exporter");
    const attributes = metrics.find(({ descriptor }) => descriptor.name === exported)?.dataPoints;
    const names = attributes?.map((point) => point.attributes["otel.component.name"]);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(2);
    expect(attributes?.[0]?.attributes).toEqual({
      "otel.component.type": "RemoteWriteMetricExporter",
      "otel.component.name": expect.stringMatching(/^RemoteWriteMetricExporter\/\d+$/) as unknown,
      "server.address": "127.0.0.1",
      "server.port": receiver.port,
    });
  });

  it("have the kinds and units of the semantic conventions", async () => {
    const { meterProvider, reader } = createObserver();
    await createApplication(meterProvider).provider.forceFlush();
    const { resourceMetrics } = await reader.collect();
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    const kinds = metrics.flatMap((metric): unknown[] => {
      const { name, unit } = metric.descriptor;
      if (!name.startsWith("otel.")) return [];
      if (metric.dataPointType === DataPointType.SUM) return [[name, unit, metric.isMonotonic]];
      if (metric.dataPointType !== DataPointType.HISTOGRAM)
        return [[name, unit, "neither sum nor histogram"]];
      return [[name, unit, metric.dataPoints[0]?.value.buckets.boundaries]];
    });
    expect(kinds).toEqual([
      [inflight, "{data_point}", false],
      [exported, "{data_point}", true],
      [duration, "s", []],
    ]);
  });

  it("end with the exporter", async () => {
    const { meterProvider, observed } = createObserver();
    const { provider } = createApplication(meterProvider);
    await provider.shutdown();
    const names = Object.keys(await observed());
    expect(names.filter((name) => name.startsWith("remote_write."))).toEqual([]);
  });
});

function outOfOrder(): never {
  throw new Error("out of order");
}

describe("a meter provider", () => {
  it("that exports through the exporter itself is harmless", async () => {
    const late: { exporter?: RemoteWriteMetricExporter } = {};
    const reader = createReader({
      export: (metrics, done) => late.exporter?.export(metrics, done),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    });
    const meterProvider = new MeterProvider({ readers: [reader] });
    providers.push(meterProvider);
    const { exporter } = createApplication(meterProvider);
    late.exporter = exporter;
    const rounds = 5;
    for (let i = 0; i < rounds; i++) {
      await nextMillisecond();
      await meterProvider.forceFlush();
    }
    expect(receiver.requests).toHaveLength(rounds);
    // It tells what became of the exports before it.
    const before = receiver.value({ __name__: "remote_write_samples_acknowledged_total" }) ?? 0;
    expect(before).toBeGreaterThan(0);
    expect(exporter.stats()).toMatchObject({ dropped: {}, queue: { rounds: 0 } });
    const sizes = receiver.requests.slice(2).map(({ counts }) => counts.samples);
    expect(new Set(sizes).size).toBe(1);
    expect(receiver.violations).toEqual([]);
  });

  it("that breaks later does no harm, and is told of once", async () => {
    const lines: string[] = [];
    const line = (...parts: unknown[]): void => void lines.push(parts.join(" "));
    const logger: DiagLogger = { error: line, warn: line, info: line, debug: line, verbose: line };
    diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    let isBroken = false;
    const breaking = (): void => (isBroken ? outOfOrder() : undefined);
    const instrument = () => ({ add: breaking, record: breaking });
    const { exporter, provider } = createApplication({
      getMeter: () =>
        ({
          createUpDownCounter: instrument,
          createCounter: instrument,
          createHistogram: instrument,
          createObservableCounter: instrument,
          createObservableUpDownCounter: instrument,
          createObservableGauge: instrument,
          addBatchObservableCallback: () => undefined,
          removeBatchObservableCallback: breaking,
        }) as unknown as ReturnType<ApiMeterProvider["getMeter"]>,
    });
    isBroken = true;
    await provider.forceFlush();
    await nextMillisecond();
    await provider.shutdown();
    expect(exporter.stats().acknowledged.samples).toBe(2 * samples);
    expect(lines.filter((text) => text.includes("selfObsMeterProvider"))).toEqual([
      expect.stringContaining("out of order"),
    ]);
  });

  it.each([
    ["no object", 5, "got a number"],
    ["no provider", {}, "got an object that makes no instruments"],
    ["null", null, "got null"],
    ["one without a meter", { getMeter: () => undefined }, "that makes no instruments"],
    [
      "one that throws",
      {
        getMeter: outOfOrder,
      },
      "out of order",
    ],
  ])("that is %s is an error at construction", (_, value, message) => {
    const create = () =>
      new RemoteWriteMetricExporter({
        url: receiver.url,
        selfObsMeterProvider: value as unknown as ApiMeterProvider,
      });
    expect(create).toThrow(TypeError);
    expect(create).toThrow("selfObsMeterProvider must be a MeterProvider");
    expect(create).toThrow(message);
  });
});
