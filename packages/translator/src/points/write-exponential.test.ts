import { describe, expect, it } from "vitest";
import { translate, type ExponentialHistogramInput, type Translation } from "../index.js";
import {
  endMillis,
  exponential,
  exponentialValue,
  metrics,
  point,
  sparseBuckets,
  startMillis,
} from "../testdata/fixtures.js";
import { vectors } from "../testdata/vectors.js";

function translated(value: ExponentialHistogramInput, flags?: number): Translation {
  return translate(metrics([exponential("h", [point(value, {}, { flags })])]));
}

function toSpans(pairs: readonly [number, number][] = []): object[] {
  return pairs.map(([offset, length]) => ({ offset, length }));
}

const buckets = { offset: 1, bucketCounts: [1, 2] };

describe("exponential histograms", () => {
  const rows = vectors.exponential_histograms.filter(({ input }) => input.temporality !== "delta");
  const kept = rows.filter(({ decided }) => typeof decided !== "string");
  it.each(kept)("TR16, TR17: $id $desc", ({ input, expected, decided }) => {
    const { positiveSpans, negativeSpans, ...numbers } = {
      ...expected,
      ...Object(decided ?? {}),
    } as typeof expected;
    delete (numbers as Record<string, unknown>)["resetHint"];
    delete (numbers as Record<string, unknown>)["warning"];
    const wanted = {
      ...numbers,
      positiveSpans: toSpans(positiveSpans),
      negativeSpans: toSpans(negativeSpans),
    };
    expect(translated(exponentialValue(input)).timeSeries[0]?.histograms).toMatchObject([wanted]);
  });

  const dropped = rows.filter(({ decided }) => typeof decided === "string");
  it.each(dropped)("T18: $id $desc $decided", ({ input }) => {
    const { timeSeries, drops } = translated(
      exponentialValue({ sum: undefined, ...input }),
      input.noRecordedValue ? 1 : 0,
    );
    expect([timeSeries, drops]).toMatchObject([[], [{ reason: "missing_sum" }]]);
  });

  it("TR16: the SDK's scale of 20 is merged down to 8", () => {
    const positive = { offset: 4096 * 3 - 1, bucketCounts: [5, 1, 2] };
    const [histogram] =
      translated(exponentialValue({ scale: 20, positive, count: 8 })).timeSeries[0]?.histograms ?? [];
    expect(histogram).toMatchObject({ schema: 8, count: 8 });
    expect(sparseBuckets(histogram?.positiveSpans ?? [], histogram?.positiveDeltas ?? [])).toEqual({
      3: 5,
      4: 3,
    });
  });

  it("TR16: a scale below -4 is dropped, -4 is not", () => {
    expect(translated(exponentialValue({ scale: -4 })).timeSeries[0]?.histograms[0]?.schema).toBe(-4);
    const { timeSeries, drops } = translated(exponentialValue({ scale: -5 }));
    expect([timeSeries, drops]).toMatchObject([[], [{ metric: "h", reason: "scale_too_small" }]]);
  });

  it("TR17: a count that disagrees with the buckets is recomputed, and that is told", () => {
    const { timeSeries, warnings } = translated(
      exponentialValue({ count: 9, zeroCount: 1, positive: buckets, negative: buckets }),
    );
    expect(timeSeries[0]?.histograms[0]?.count).toBe(7);
    expect(warnings).toMatchObject([{ code: "count_corrected", metric: "h" }]);
  });

  it("TR17: with a NaN sum the count may be greater than the buckets, not less", () => {
    const counts = [9, 2].map((count) => {
      const { timeSeries } = translated(exponentialValue({ sum: Number.NaN, count, positive: buckets }));
      return timeSeries[0]?.histograms[0]?.count;
    });
    expect(counts).toEqual([9, 3]);
  });

  it("T18: without a sum the point is dropped by name", () => {
    const { timeSeries, drops } = translated(exponentialValue({ sum: undefined }));
    expect([timeSeries, drops]).toMatchObject([[], [{ metric: "h", reason: "missing_sum" }]]);
  });

  it.each([
    [undefined, 1e-128],
    [0, 1e-128],
    [0.25, 0.25],
    [-1, 1e-128],
  ])("T18: of a zero threshold of %s becomes %s", (zeroThreshold, expected) => {
    const { timeSeries } = translated(exponentialValue({ zeroThreshold }));
    expect(timeSeries[0]?.histograms[0]?.zeroThreshold).toBe(expected);
  });

  it("TR16: what is not given is empty", () => {
    const { timeSeries, drops } = translated({ sum: 1, scale: 3 } as ExponentialHistogramInput);
    expect(drops).toEqual([]);
    expect(timeSeries[0]?.histograms).toMatchObject([
      { count: 0, zeroCount: 0, positiveSpans: [], negativeSpans: [] },
    ]);
  });

  it("TR20: has start time and time", () => {
    const { timeSeries } = translated(exponentialValue());
    expect(timeSeries[0]).toMatchObject({
      samples: [],
      histograms: [{ timestamp: endMillis, startTimestamp: startMillis }],
    });
  });

  it.each([Number.NaN, 1.5, Number.POSITIVE_INFINITY])("TR29: a scale of %s is dropped", (scale) => {
    expect(translated(exponentialValue({ scale })).drops).toMatchObject([{ reason: "invalid_buckets" }]);
  });
});
