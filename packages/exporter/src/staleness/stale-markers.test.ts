// Stale markers from the SDK to the receiver.
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationType,
  DataPointType,
  InstrumentType,
  MeterProvider,
  type MetricProducer,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { type Receiver, startReceiver } from "@otel-remote-write/receiver";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nextMillisecond } from "../next-millisecond.test-support.js";
import type { RemoteWriteMetricExporterOptions } from "../options/exporter-options.js";
import { RemoteWriteMetricExporter } from "../remote-write-metric-exporter.js";
import { startRemoteWrite } from "../start-remote-write.js";

const resource = resourceFromAttributes({ "service.name": "shop", "service.instance.id": "one" });
const messages = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request"] as const;
let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

/** A producer beside the SDK's, of a gauge with the keys that it is told. */
function createProducer(): { producer: MetricProducer; keys: string[] } {
  const keys: string[] = [];
  const attributes = new Map<string, { key: string }>();
  const attributesOf = (key: string): { key: string } => {
    const known = attributes.get(key) ?? { key };
    attributes.set(key, known);
    return known;
  };
  const descriptor = { name: "external", description: "", unit: "" };
  const producer: MetricProducer = {
    async collect() {
      const millis = Date.now();
      const time: [number, number] = [Math.floor(millis / 1000), (millis % 1000) * 1e6];
      const dataPoints = keys.map((key) => ({
        attributes: attributesOf(key),
        startTime: time,
        endTime: time,
        value: 1,
      }));
      const metric = {
        descriptor,
        dataPointType: DataPointType.GAUGE,
        dataPoints,
        aggregationTemporality: 1,
      };
      const scopeMetrics = [{ scope: { name: "producer" }, metrics: [metric] }];
      return Promise.resolve({ resourceMetrics: { resource, scopeMetrics }, errors: [] } as never);
    },
  };
  return { producer, keys };
}

function start(options: Partial<RemoteWriteMetricExporterOptions> = {}, maxExportBatchSize?: number) {
  const exporter = new RemoteWriteMetricExporter({ url: receiver.url, ...options });
  const { producer, keys } = createProducer();
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
    metricProducers: [producer],
    ...(maxExportBatchSize !== undefined && { maxExportBatchSize }),
  });
  const provider = new MeterProvider({
    resource,
    readers: [reader],
    views: [
      {
        instrumentType: InstrumentType.HISTOGRAM,
        instrumentName: "native",
        aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
      },
    ],
  });
  return { exporter, provider, meter: provider.getMeter("test"), keys };
}

/** The points of a series in short: their values, and † for a stale marker. */
function pointsOf(labels: Record<string, string>): string[] {
  return receiver
    .find(labels)
    .map(({ samples, histograms }) =>
      [...samples, ...histograms]
        .map((point) => (point.stale === true ? "†" : "value" in point ? point.value : point.count))
        .join(" "),
    )
    .toSorted();
}

/** Whether each series ends with one marker, which is later than what came before, and not far from now. */
function expectAllEnded(): void {
  for (const { labels, samples, histograms } of receiver.find({})) {
    const points = [...samples, ...histograms];
    const stale = points.map((point) => point.stale === true);
    expect([labels, stale]).toEqual([labels, [...points.slice(1).map(() => false), true]]);
    const [last, marker] = points.slice(-2);
    expect(marker?.timestamp).toBeGreaterThan(last?.timestamp ?? Infinity);
    expect(marker?.timestamp).toBeLessThanOrEqual(Date.now() + 10);
  }
}

describe("staleMarkers: true", () => {
  it.each(messages)(
    "W1.23, W2.34: ends every series at shutdown, after its last value (%s)",
    async (message) => {
      const { provider, meter, exporter } = start({ staleMarkers: true, protobufMessage: message });
      const counter = meter.createCounter("orders");
      counter.add(1);
      meter.createHistogram("wait", { advice: { explicitBucketBoundaries: [1, 10] } }).record(5);
      meter.createHistogram("native").record(5);
      meter.createGauge("temperature").record(NaN);
      await provider.forceFlush();
      counter.add(1);
      await nextMillisecond();
      await provider.shutdown();
      expect(receiver.violations).toEqual([]);
      expect(pointsOf({ __name__: "orders_total" })).toEqual(["1 2 †"]);
      expect(pointsOf({ __name__: "wait_bucket" })).toEqual(["0 0 †", "1 1 †", "1 1 †"]);
      expect(pointsOf({ __name__: "temperature" })).toEqual(["NaN NaN †"]);
      const [native] = receiver.find({ __name__: "native" });
      expect(native?.histograms.at(-1)).toMatchObject({ count: 0, positiveSpans: [], stale: true });
      expectAllEnded();
      expect(exporter.stats()).toMatchObject({
        acknowledged: { samples: receiver.totals().storedPoints - 3, histograms: 3 },
        dropped: {},
      });
    },
  );

  it("ends target_info, too", async () => {
    const remoteWrite = startRemoteWrite({
      url: receiver.url,
      staleMarkers: true,
      resource: resourceFromAttributes({ "service.name": "shop", "service.version": "2" }),
    });
    remoteWrite.meterProvider.getMeter("test").createCounter("orders").add(1);
    await remoteWrite.shutdown();
    expect(pointsOf({ __name__: "target_info" })).toEqual(["1 †"]);
    expectAllEnded();
  });

  it("a second shutdown sends no second marker", async () => {
    const { provider, meter, exporter } = start({ staleMarkers: true });
    meter.createCounter("orders").add(1);
    await provider.shutdown();
    await exporter.shutdown();
    expect(pointsOf({ __name__: "orders_total" })).toEqual(["1 †"]);
  });

  it("ends only what arrived: nothing of a batch that the receiver refused", async () => {
    receiver.answerEvery(({ counts }) => (counts.samples > 1 ? 403 : undefined));
    const { provider, meter, exporter } = start({
      staleMarkers: true,
      protobufMessage: "io.prometheus.write.v2.Request",
      queue: { maxSamplesPerSend: 2 },
    });
    const counter = meter.createCounter("orders");
    for (const key of ["a", "b", "c"]) counter.add(1, { key });
    await provider.forceFlush();
    await nextMillisecond();
    await provider.shutdown();
    expect(receiver.find({}).map(({ labels }) => labels["key"])).toEqual(["c"]);
    expectAllEnded();
    expect(Object.values(exporter.stats().dropped)).toEqual([4]);
  });

  it("drops the markers with the values that are queued when an outage lasts, and counts both", async () => {
    receiver.answerEvery(503);
    const { provider, meter, exporter } = start({ staleMarkers: true, timeoutMillis: 50 });
    meter.createCounter("orders").add(1);
    await provider.shutdown();
    const { acknowledged, dropped, unconfirmed, queue } = exporter.stats();
    // An attempt may have been under way.
    expect((dropped["shutdown"] ?? 0) + unconfirmed).toBe(2);
    expect([acknowledged.samples, queue.rounds]).toEqual([0, 0]);
  });

  it("makes markers for many series in slices, and sends them all", async () => {
    const { provider, meter, exporter } = start({ staleMarkers: true });
    const counters = Array.from({ length: 6 }, (_, i) => meter.createCounter(`orders${i}`));
    for (const counter of counters) for (let item = 0; item < 700; item++) counter.add(1, { item });
    await provider.forceFlush();
    const before = exporter.stats().acknowledged.samples;
    const done = exporter.shutdown();
    // Not all in one go.
    expect(exporter.stats().queue.samples).toBe(0);
    await done;
    expect(exporter.stats()).toMatchObject({ acknowledged: { samples: 2 * before }, dropped: {} });
    const series = receiver.find({});
    expect(series).toHaveLength(before);
    expect(series.filter(({ samples }) => samples.at(-1)?.stale !== true)).toEqual([]);
  });
});

/** Collects, of the producer these series. */
async function collectWith(
  { provider, keys }: Pick<ReturnType<typeof start>, "provider" | "keys">,
  ...present: readonly string[]
): Promise<void> {
  keys.splice(0, keys.length, ...present);
  await nextMillisecond();
  await provider.forceFlush();
}

describe("series that are absent", () => {
  it.each(["auto", true] as const)(
    "%s: end after three collections, and may come back",
    async (staleMarkers) => {
      const started = start({ staleMarkers });
      started.meter.createCounter("orders").add(1);
      for (let i = 0; i < 3; i++) await collectWith(started, "a", "b");
      for (let i = 0; i < 5; i++) await collectWith(started, "a");
      expect(pointsOf({ __name__: "external", key: "b" })).toEqual(["1 1 1 †"]);
      for (let i = 0; i < 2; i++) await collectWith(started, "a", "b");
      expect(pointsOf({ __name__: "external", key: "b" })).toEqual(["1 1 1 † 1 1"]);
      expect(pointsOf({ __name__: "external", key: "a" })).toEqual(["1 1 1 1 1 1 1 1 1 1"]);
      await started.provider.shutdown();
      expect(receiver.violations).toEqual([]);
    },
  );

  it("do not end between two collections of a reader with a longer interval", async () => {
    const exporter = new RemoteWriteMetricExporter({ url: receiver.url, staleMarkers: "auto" });
    const { producer, keys } = createProducer();
    keys.push("a");
    const [fast, slow] = [[], [producer]].map(
      (metricProducers) =>
        new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000, metricProducers }),
    ) as [PeriodicExportingMetricReader, PeriodicExportingMetricReader];
    const provider = new MeterProvider({ resource, readers: [fast, slow] });
    provider.getMeter("test").createCounter("orders").add(1);
    for (let i = 0; i < 48; i++) {
      await nextMillisecond();
      await (i % 16 === 0 ? slow : fast).forceFlush();
    }
    expect(pointsOf({ __name__: "external" })).toEqual(["1 1 1"]);
    await provider.shutdown();
  });

  it("false: do not end, nor does anything at shutdown", async () => {
    const started = start({ staleMarkers: false });
    await collectWith(started, "a", "b");
    for (let i = 0; i < 5; i++) await collectWith(started, "a");
    await started.provider.shutdown();
    expect(pointsOf({ __name__: "external", key: "b" })).toEqual(["1"]);
    expect(receiver.find({}).flatMap(({ samples }) => samples.filter(({ stale }) => stale))).toEqual([]);
  });

  it("are told after whole collections, where they are split into several exports", async () => {
    const started = start({ staleMarkers: "auto" }, 2);
    const counter = started.meter.createCounter("orders");
    for (let item = 0; item < 5; item++) counter.add(1, { item });
    for (let i = 0; i < 2; i++) await collectWith(started, "a", "b", "c");
    for (let i = 0; i < 6; i++) await collectWith(started, "a", "c");
    expect(pointsOf({ __name__: "external", key: "b" })).toEqual(["1 1 †"]);
    for (const key of ["a", "c"]) {
      expect(pointsOf({ __name__: "external", key })).toEqual(["1 1 1 1 1 1 1 1"]);
    }
    expect(pointsOf({ __name__: "orders_total" })).toEqual(Array(5).fill("1 1 1 1 1 1 1 1"));
    await started.provider.shutdown();
  });
});
