// The option `relabel` from the SDK to the receiver.
import { resourceFromAttributes } from "@opentelemetry/resources";
import { AggregationType, InstrumentType, type ViewOptions } from "@opentelemetry/sdk-metrics";
import type { Label } from "@otel-remote-write/prompb";
import { type Receiver, startReceiver } from "@otel-remote-write/receiver";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RemoteWriteMetricExporterOptions } from "../options/exporter-options.js";
import { RemoteWriteMetricExporter } from "../remote-write-metric-exporter.js";
import { type RemoteWrite, startRemoteWrite } from "../start-remote-write.js";
import type { Relabel } from "./relabel.js";

let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const exponential: ViewOptions = {
  instrumentName: "native",
  instrumentType: InstrumentType.HISTOGRAM,
  aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
};

function start(relabel: Relabel, options: Partial<RemoteWriteMetricExporterOptions> = {}): RemoteWrite {
  return startRemoteWrite({
    url: receiver.url,
    relabel,
    resource: resourceFromAttributes({ "service.instance.id": "1" }),
    views: [exponential],
    translator: { targetInfo: false, scopeInfo: false },
    ...options,
  });
}

const nameOf = (labels: readonly Label[]): string =>
  labels.find(({ name }) => name === "__name__")?.value ?? "";

function withLabel(labels: readonly Label[], name: string, value: string): Label[] {
  return [...labels.filter((label) => label.name !== name), { name, value }];
}

it("is called once for each series, and what it gives is sent, sorted and without empty values", async () => {
  let calls = 0;
  const remoteWrite = start((labels) => {
    calls++;
    return [
      { name: "z", value: "1" },
      { name: "empty", value: "" },
      ...withLabel(labels, "a", "2").toReversed(),
    ];
  });
  const counter = remoteWrite.meterProvider.getMeter("m").createCounter("orders");
  for (let value = 1; value <= 4; value++) {
    counter.add(1, { k: "x" });
    counter.add(1, { k: "y" });
    await remoteWrite.forceFlush();
    expect(receiver.value({ __name__: "orders_total", a: "2", k: "x", z: "1" })).toBe(value);
  }
  await remoteWrite.shutdown();
  expect(calls).toBe(2);
  expect(receiver.violations).toEqual([]);
  expect(receiver.series().flatMap(({ labels }) => Object.keys(labels))).not.toContain("empty");
  expect(remoteWrite.stats().dropped).toEqual({});
});

it("leaves series out, which is counted and no error", async () => {
  const remoteWrite = start((labels) => (labels.some(({ value }) => value === "x") ? undefined : labels));
  const meter = remoteWrite.meterProvider.getMeter("m");
  const counter = meter.createCounter("orders");
  for (let value = 1; value <= 3; value++) {
    counter.add(1, { k: "x" });
    counter.add(1, { k: "y" });
    await remoteWrite.forceFlush();
  }
  await remoteWrite.shutdown();
  expect(receiver.find({ k: "x" })).toEqual([]);
  expect(receiver.value({ k: "y" })).toBe(3);
  expect(remoteWrite.stats().dropped).toEqual({ relabel: 4 });
  expect(remoteWrite.stats().lastError).toBeUndefined();
});

it("sends the first of those that get the same labels, and names the others", async () => {
  const remoteWrite = start((labels) => labels.filter(({ name }) => name !== "k"));
  const counter = remoteWrite.meterProvider.getMeter("m").createCounter("orders");
  for (let value = 1; value <= 3; value++) {
    counter.add(1, { k: "x" });
    counter.add(10, { k: "y" });
    await remoteWrite.forceFlush();
    expect(receiver.value({ __name__: "orders_total" })).toBe(value);
  }
  await remoteWrite.shutdown();
  expect(receiver.violations).toEqual([]);
  expect(remoteWrite.stats().dropped).toEqual({ duplicate_series: 4 });
});

it.each<[string, Relabel, string]>([
  ["throws", () => JSON.parse("{"), "relabel threw"],
  ["gives no name", (labels) => labels.filter(({ name }) => name !== "__name__"), "there is no __name__"],
  [
    "gives a name twice",
    (labels) => [...labels, { name: "instance", value: "2" }],
    "the label instance is there twice",
  ],
  ["gives a name that cannot be sent", (labels) => withLabel(labels, "a-b", "x"), '"a-b" is no label name'],
  [
    "gives a metric's name that cannot be sent",
    (labels) => withLabel(labels, "__name__", "a b"),
    '"a b" is no metric name',
  ],
])("drops a series where relabel %s", async (_case, relabel) => {
  const remoteWrite = start(relabel);
  remoteWrite.meterProvider.getMeter("m").createCounter("orders").add(1);
  await remoteWrite.shutdown();
  expect(receiver.series()).toEqual([]);
  expect(remoteWrite.stats().dropped).toEqual({ invalid_relabel: 1 });
});

it("takes type, help and unit along with a new name", async () => {
  const remoteWrite = start(
    (labels) =>
      withLabel(labels, "__name__", nameOf(labels).replace(/^wait/, "delay").replace("orders_total", "sold")),
    { protobufMessage: "io.prometheus.write.v2.Request" },
  );
  const meter = remoteWrite.meterProvider.getMeter("m");
  meter
    .createHistogram("wait", {
      unit: "s",
      description: "How long",
      advice: { explicitBucketBoundaries: [1] },
    })
    .record(3);
  meter.createCounter("orders", { description: "How many" }).add(1);
  await remoteWrite.shutdown();
  const [bucket] = receiver.find({ __name__: "delay_seconds_bucket", le: "1" });
  expect(bucket?.metadata).toMatchObject({ type: "histogram", help: "How long", unit: "seconds" });
  const [sold] = receiver.find({ __name__: "sold" });
  expect(sold?.metadata).toMatchObject({ type: "counter", help: "How many" });
});

it("names the family of 1.0's metadata anew", async () => {
  const remoteWrite = start(
    (labels) => withLabel(labels, "__name__", nameOf(labels).replace("wait", "delay")),
    {
      protobufMessage: "prometheus.WriteRequest",
    },
  );
  const histogram = remoteWrite.meterProvider.getMeter("m").createHistogram("wait");
  histogram.record(3);
  await remoteWrite.shutdown();
  expect(receiver.metadata().map(({ familyName }) => familyName)).toEqual(["delay"]);
});

it("relabels native histograms, and ends what it has sent", async () => {
  const remoteWrite = start((labels) => withLabel(labels, "a", "b"), { staleMarkers: true });
  const meter = remoteWrite.meterProvider.getMeter("m");
  meter.createHistogram("native").record(3);
  meter.createCounter("orders").add(3);
  await remoteWrite.forceFlush();
  await remoteWrite.shutdown();
  const [native] = receiver.find({ __name__: "native", a: "b" });
  expect(native?.histograms.at(-1)?.stale).toBe(true);
  const [orders] = receiver.find({ __name__: "orders_total", a: "b" });
  expect(orders?.samples.at(-1)?.stale).toBe(true);
  expect(receiver.series()).toHaveLength(2);
  expect(receiver.violations).toEqual([]);
});

it("is refused where it is no function", () => {
  const options = { url: receiver.url, relabel: "drop" as never };
  expect(() => new RemoteWriteMetricExporter(options)).toThrow(
    "RemoteWriteMetricExporter: relabel must be a function from labels to labels or undefined, got a string",
  );
});
