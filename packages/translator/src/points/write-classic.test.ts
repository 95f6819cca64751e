import { describe, expect, it } from "vitest";
import { translate, type HistogramInput, type TranslatorOptions } from "../index.js";
import { explicitValue, histogram, metrics, valuesOf } from "../testdata/fixtures.js";
import { vectors } from "../testdata/vectors.js";

function series(value: HistogramInput, options?: TranslatorOptions): [string, unknown][] {
  return Object.entries(valuesOf(translate(metrics([histogram("h", [value])]), options).timeSeries));
}

describe("classic histograms", () => {
  const rows = vectors.explicit_histograms.filter(({ expected }) => expected.series !== undefined);
  it.each(rows)(
    "TR13: $id $desc",
    ({ input: { bucketCounts: counts, bounds: boundaries, ...input }, expected }) => {
      const value = { ...input, buckets: { boundaries, counts } };
      const wanted = expected.series?.map(([suffix, le, each]) => [
        le === null ? `h${suffix}` : `h${suffix}{le="${le}"}`,
        each,
      ]);
      expect(series(value)).toEqual(wanted);
    },
  );

  it("TR13: sum, count, then cumulative buckets in ascending order", () => {
    expect(series(explicitValue([0, 5], [1, 2, 3]))).toEqual([
      ["h_sum", 7],
      ["h_count", 6],
      ['h_bucket{le="0"}', 1],
      ['h_bucket{le="5"}', 3],
      ['h_bucket{le="+Inf"}', 6],
    ]);
  });

  it("TR13: without a sum there is no _sum", () => {
    expect(series(explicitValue([], [2], { sum: undefined }))).toEqual([
      ["h_count", 2],
      ['h_bucket{le="+Inf"}', 2],
    ]);
  });

  it("TR13: +Inf equals the count, also where the buckets hold less", () => {
    expect(series(explicitValue([1], [1, 1], { count: 5 })).slice(1)).toEqual([
      ["h_count", 5],
      ['h_bucket{le="1"}', 1],
      ['h_bucket{le="+Inf"}', 5],
    ]);
  });

  it("TR14: a list of boundaries that ends in Infinity has +Inf once", () => {
    const boundaries = [1, Number.POSITIVE_INFINITY];
    for (const counts of [
      [1, 2],
      [1, 2, 0],
      [1, 1, 1],
    ]) {
      expect(series(explicitValue(boundaries, counts, { count: 3 }))).toEqual([
        ["h_sum", 7],
        ["h_count", 3],
        ['h_bucket{le="1"}', 1],
        ['h_bucket{le="+Inf"}', 3],
      ]);
    }
  });

  it.each([
    ["no buckets at all", [], []],
    ["boundaries without counts", [1, 2], []],
  ])("TR14: %s give +Inf alone", (_, boundaries, counts) => {
    expect(series(explicitValue(boundaries, counts, { count: 4 })).slice(1)).toEqual([
      ["h_count", 4],
      ['h_bucket{le="+Inf"}', 4],
    ]);
  });

  it("TR14: missing buckets give nothing", () => {
    const value = { count: 4, sum: 1 } as HistogramInput;
    expect(series(value).map(([name]) => name)).toEqual(["h_sum", "h_count", 'h_bucket{le="+Inf"}']);
  });

  it("TR14: fewer counts than boundaries, and more", () => {
    expect(series(explicitValue([1, 2, 3], [1, 1])).slice(2)).toEqual([
      ['h_bucket{le="1"}', 1],
      ['h_bucket{le="2"}', 2],
      ['h_bucket{le="+Inf"}', 2],
    ]);
    expect(series(explicitValue([1], [1, 1, 1])).slice(2)).toEqual([
      ['h_bucket{le="1"}', 1],
      ['h_bucket{le="+Inf"}', 3],
    ]);
  });

  it("TR14: a bound that is repeated is one bucket", () => {
    expect(series(explicitValue([1, 1, 2], [1, 2, 3, 4])).slice(2)).toEqual([
      ['h_bucket{le="1"}', 3],
      ['h_bucket{le="2"}', 6],
      ['h_bucket{le="+Inf"}', 10],
    ]);
  });

  it.each([
    ["bounds that do not ascend", [2, 1], [1, 1, 1]],
    ["a NaN bound", [Number.NaN], [1, 1]],
    ["a negative count", [1], [1, -1]],
    ["half a count", [1], [1, 0.5]],
  ])("TR29: %s are dropped by name", (_, boundaries, counts) => {
    const { timeSeries, drops } = translate(metrics([histogram("h", [explicitValue(boundaries, counts)])]));
    expect(timeSeries).toEqual([]);
    expect(drops).toMatchObject([{ metric: "h", reason: "invalid_buckets" }]);
  });

  it.each([undefined, -1, 0.5, 2 ** 53])(
    "TR29: %s is no count: that of the buckets is sent and told",
    (count) => {
      const value = explicitValue([1], [1, 2], { count: count as number });
      const { timeSeries, warnings } = translate(metrics([histogram("h", [value])]));
      expect(valuesOf(timeSeries)).toMatchObject({ h_count: 3, 'h_bucket{le="+Inf"}': 3 });
      expect(warnings).toMatchObject([{ metric: "h", code: "count_corrected" }]);
    },
  );

  it("TR29: a histogram without count and buckets is dropped by name", () => {
    const value = explicitValue([], [], { count: 2 ** 53 });
    const { timeSeries, drops } = translate(metrics([histogram("h", [value])]));
    expect(timeSeries).toEqual([]);
    expect(drops).toMatchObject([{ metric: "h", reason: "invalid_buckets" }]);
  });

  it("minMax adds _min and _max, which are gauges without a start time", () => {
    const value = explicitValue([1], [1, 1], { min: 0.5, max: 3 });
    const { timeSeries } = translate(metrics([histogram("h", [value])]), { minMax: true });
    expect(valuesOf(timeSeries)).toMatchObject({ h_min: 0.5, h_max: 3, 'h_bucket{le="1"}': 1 });
    for (const name of ["h_min", "h_max"]) {
      const found = timeSeries.find(({ labels }) => labels.some(({ value: each }) => each === name));
      expect(found?.metadata).toMatchObject({ type: "gauge", familyName: name });
      expect(found?.samples[0]).not.toHaveProperty("startTimestamp");
    }
  });

  it("minMax makes exactly min, max, sum and count of a histogram without boundaries", () => {
    const value = explicitValue([], [2], { min: 0.5, max: 3 });
    expect(Object.fromEntries(series(value, { minMax: true }))).toEqual({
      h_min: 0.5,
      h_max: 3,
      h_sum: 7,
      h_count: 2,
    });
  });
});
