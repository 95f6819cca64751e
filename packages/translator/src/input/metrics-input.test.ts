import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  AggregationType,
  DataPointType,
  MeterProvider,
  MetricReader,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import type { ResourceMetrics as ResourceMetricsOf2 } from "sdk-metrics-2";
import { expect, expectTypeOf, it } from "vitest";
import { translate, type MetricsInput } from "../index.js";
import { shortName, valuesOf } from "../testdata/fixtures.js";

class Reader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

it("takes the ResourceMetrics of the SDK, 3.x and 2.x", () => {
  expectTypeOf<ResourceMetrics>().toExtend<MetricsInput>();
  expectTypeOf<ResourceMetricsOf2>().toExtend<MetricsInput>();
});

it("knows the SDK's numbers", () => {
  expect([
    DataPointType.HISTOGRAM,
    DataPointType.EXPONENTIAL_HISTOGRAM,
    DataPointType.GAUGE,
    DataPointType.SUM,
  ]).toEqual([0, 1, 2, 3]);
  expect([AggregationTemporality.DELTA, AggregationTemporality.CUMULATIVE]).toEqual([0, 1]);
});

it("translates what the SDK collects", async () => {
  const reader = new Reader({ aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ "service.name": "shop", "host.name": "h" }),
    readers: [reader],
    views: [{ instrumentName: "native", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  });
  const meter = provider.getMeter("lib", "1.0");
  meter.createCounter("orders").add(3, { country: "de" });
  meter.createUpDownCounter("open").add(-2);
  meter.createGauge("load", { unit: "1" }).record(0.5);
  const latency = meter.createHistogram("latency", {
    unit: "s",
    advice: { explicitBucketBoundaries: [0, 1] },
  });
  for (const value of [0, 0.5, 7]) latency.record(value);
  const native = meter.createHistogram("native");
  for (const value of [0, 1, 2, 4]) native.record(value);
  const { resourceMetrics } = await reader.collect();
  await provider.shutdown();

  const { timeSeries, drops, warnings } = translate(resourceMetrics, { scopeInfo: false });
  expect([drops, warnings]).toEqual([[], []]);
  expect(valuesOf(timeSeries.filter(({ samples }) => samples.length > 0))).toEqual({
    'orders_total{country="de",job="shop"}': 3,
    'open{job="shop"}': -2,
    'load_ratio{job="shop"}': 0.5,
    'latency_seconds_sum{job="shop"}': 7.5,
    'latency_seconds_count{job="shop"}': 3,
    'latency_seconds_bucket{job="shop",le="0"}': 1,
    'latency_seconds_bucket{job="shop",le="1"}': 2,
    'latency_seconds_bucket{job="shop",le="+Inf"}': 3,
    'target_info{host_name="h",job="shop"}': 1,
  });
  const histogram = timeSeries.find(({ histograms }) => histograms.length > 0);
  expect(shortName(histogram ?? { labels: [] })).toBe('native{job="shop"}');
  expect(histogram?.histograms).toMatchObject([{ count: 4, sum: 7, zeroCount: 1, schema: 6 }]);
});
