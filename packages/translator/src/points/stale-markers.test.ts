import { describe, expect, it } from "vitest";
import {
  createTranslator,
  translate,
  type DataPointInput,
  type MetricInput,
  type TranslatorOptions,
} from "../index.js";
import {
  counter,
  endMillis,
  explicitValue,
  exponential,
  exponentialValue,
  gauge,
  histogram,
  metrics,
  point,
  shortName,
  summary,
} from "../testdata/fixtures.js";

const stale = (value: unknown): DataPointInput => point(value as number, {}, { flags: 1 });

/** The series that end with a metric, by their names. */
function ended(metric: MetricInput, options?: TranslatorOptions): string[] {
  const { timeSeries, drops } = translate(metrics([metric]), options);
  expect(drops).toEqual([]);
  for (const { samples, histograms } of timeSeries) {
    expect([...samples, ...histograms]).toMatchObject([{ stale: true, timestamp: endMillis }]);
  }
  return timeSeries.map(shortName);
}

describe("no recorded value", () => {
  it("TR26: ends numbers, whatever their value", () => {
    expect([...ended(counter("c", [stale(3)])), ...ended(gauge("g", [stale(undefined)]))]).toEqual([
      "c_total",
      "g",
    ]);
  });

  it("TR26: ends every series of a histogram", () => {
    const value = explicitValue([1], [1, 2], { min: 1, max: 2 });
    const names = ["h_sum", "h_count", 'h_bucket{le="1"}', 'h_bucket{le="+Inf"}'];
    expect(ended(histogram("h", [stale(value)]))).toEqual(names);
    const all = { minMax: true, explicitHistograms: "both" } as const;
    expect(ended(histogram("h", [stale(value)]), all)).toEqual([...names, "h", "h_min", "h_max"]);
  });

  it("TR26: ends every series of a summary", () => {
    const value = { count: 1, sum: 1, quantileValues: [{ quantile: 0.5, value: 1 }] };
    expect(ended(summary("s", [stale(value)]))).toEqual(["s_sum", "s_count", 's{quantile="0.5"}']);
  });

  it("TR26: ends a native histogram: count 0, no buckets, the sum is the marker", () => {
    const value = exponentialValue({
      scale: 20,
      count: 3,
      zeroCount: 1,
      positive: { offset: 0, bucketCounts: [2] },
    });
    const { timeSeries } = translate(metrics([exponential("h", [stale(value)])]));
    expect(timeSeries[0]?.histograms).toMatchObject([
      {
        stale: true,
        count: 0,
        sum: Number.NaN,
        schema: 8,
        zeroCount: 0,
        positiveSpans: [],
        positiveDeltas: [],
      },
    ]);
    const custom = translate(metrics([histogram("h", [stale(explicitValue([1], [1, 2]))])]), {
      explicitHistograms: "customBuckets",
    });
    expect(custom.timeSeries[0]?.histograms).toMatchObject([
      { stale: true, count: 0, sum: Number.NaN, schema: -53, positiveSpans: [], customValues: [1] },
    ]);
  });

  it("TR26: ends the series that a histogram had, also where the point no longer names them", () => {
    const translator = createTranslator({ minMax: true, quantiles: [0.5] });
    const attributes = {};
    const metric = (value: unknown, flags: number): MetricInput =>
      histogram("h", [point(value as number, attributes, { flags })]);
    const before = translator.translate(metrics([metric(explicitValue([1], [1, 2], { min: 1, max: 2 }), 0)]));
    const { timeSeries } = translator.translate(metrics([metric({ count: 0 }, 1)]));
    expect(timeSeries.map(shortName)).toEqual(before.timeSeries.map(shortName));
    for (const { samples } of timeSeries) expect(samples).toMatchObject([{ stale: true }]);
  });

  it("TR26: ends the quantiles that a summary had, also where the point no longer names them", () => {
    const translator = createTranslator();
    const attributes = {};
    const metric = (value: unknown, flags: number): MetricInput =>
      summary("s", [point(value as number, attributes, { flags })]);
    translator.translate(
      metrics([metric({ count: 1, sum: 1, quantileValues: [{ quantile: 0.5, value: 1 }] }, 0)]),
    );
    const { timeSeries } = translator.translate(metrics([metric(undefined, 1)]));
    expect(timeSeries.map(shortName)).toEqual(["s_sum", "s_count", 's{quantile="0.5"}']);
    for (const { samples } of timeSeries) expect(samples).toMatchObject([{ stale: true }]);
  });

  it("TR26: other flags mean nothing", () => {
    const { timeSeries } = translate(metrics([gauge("g", [point(3, {}, { flags: 2 })])]));
    expect(timeSeries[0]?.samples).toEqual([{ value: 3, timestamp: endMillis }]);
  });
});
