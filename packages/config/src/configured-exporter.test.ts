import {
  AggregationTemporality,
  AggregationType,
  DataPointType,
  InstrumentType,
  MeterProvider,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import { emptyResource } from "@opentelemetry/resources";
import { startReceiver, type Receiver } from "@otel-remote-write/receiver";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ConfiguredExporter } from "./configured-exporter.js";
import { createMetricReaders } from "./metric-readers.js";
import { load, onlyPipeline } from "./testing.test-support.js";

let receiver: Receiver;

beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

it.each([true, false])("send_native_histograms: %s", async (send) => {
  const config = load(`url: ${receiver.url}\nsend_native_histograms: ${send}`);
  const provider = new MeterProvider({
    readers: createMetricReaders(config),
    views: [
      {
        instrumentName: "native",
        instrumentType: InstrumentType.HISTOGRAM,
        aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
      },
    ],
  });
  provider.getMeter("m").createHistogram("native").record(1);
  provider.getMeter("m").createCounter("orders").add(1);
  await provider.shutdown();
  expect(receiver.find({ __name__: "native" })).toHaveLength(send ? 1 : 0);
  expect(receiver.value({ __name__: "orders_total" })).toBe(1);
  expect(receiver.violations).toEqual([]);
});

it.each([true, false])("send_exemplars: %s", async (send) => {
  const config = onlyPipeline(load(`url: ${receiver.url}\nsend_exemplars: ${send}`));
  const exporter = new ConfiguredExporter(config);
  const now: [number, number] = [Math.floor(Date.now() / 1000), 0];
  const point = {
    attributes: {},
    startTime: now,
    endTime: now,
    value: 1,
    exemplars: [{ value: 1, timestamp: now, filteredAttributes: { a: "b" } }],
  };
  const metrics = {
    resource: emptyResource(),
    scopeMetrics: [
      {
        scope: { name: "m" },
        metrics: [
          {
            descriptor: { name: "orders", description: "", unit: "" },
            dataPointType: DataPointType.SUM,
            aggregationTemporality: AggregationTemporality.CUMULATIVE,
            isMonotonic: true,
            dataPoints: [point],
          },
        ],
      },
    ],
  } as unknown as ResourceMetrics;
  const result = await new Promise((resolve) => {
    exporter.export(metrics, resolve);
  });
  expect(result).toEqual({ code: 0 });
  expect(receiver.find({ __name__: "orders_total" })[0]?.exemplars).toHaveLength(send ? 1 : 0);
  await exporter.shutdown();
});
