import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translate, type HistogramInput } from "../index.js";
import {
  explicitValue,
  exponential,
  exponentialValue,
  histogram,
  metrics,
  valuesOf,
} from "../testdata/fixtures.js";
import { explicitQuantile } from "./quantile.js";

function estimate(quantile: number, value: HistogramInput): number | undefined {
  return explicitQuantile(quantile, value, value.buckets);
}

describe("quantiles", () => {
  it("are series of the histogram's name, in ascending order, without a start time", () => {
    const value = explicitValue([10, 20], [10, 10, 0]);
    const { timeSeries } = translate(metrics([histogram("h", [value])]), { quantiles: [0.9, 0.5] });
    expect(Object.entries(valuesOf(timeSeries)).slice(-2)).toEqual([
      ['h{quantile="0.5"}', 10],
      ['h{quantile="0.9"}', 18],
    ]);
    expect(timeSeries.at(-1)?.samples[0]).not.toHaveProperty("startTimestamp");
  });

  it.each([
    ["begins at 0", [10], [10, 0], {}, 5],
    ["begins at the minimum where it is known", [10], [10, 0], { min: 8 }, 9],
    ["is the bound where that is not above 0", [-5], [10, 0], {}, -5],
    ["is the last bound beyond it", [10], [0, 10], {}, 10],
    ["lies below the maximum where it is known", [10], [0, 10], { max: 20 }, 15],
    ["lies between minimum and maximum without bounds", [], [10], { min: 2, max: 4 }, 3],
    ["is never beyond the maximum", [10], [10, 0], { max: 2 }, 2],
    ["is not known without bounds", [], [10], {}, undefined],
    ["is not known without observations", [10], [0, 0], {}, undefined],
  ])("the median of one bucket %s", (_, boundaries, counts, more, expected) => {
    expect(estimate(0.5, explicitValue(boundaries, counts, more))).toBe(expected);
  });

  it("lie within the bucket that holds the observation", () => {
    const observations = fc.array(fc.double({ min: -50, max: 150, noNaN: true }), {
      minLength: 1,
      maxLength: 50,
    });
    const boundaries = [-20, 0, 10, 25, 50, 100];
    fc.assert(
      fc.property(observations, fc.double({ min: 0, max: 1, noNaN: true }), (values, quantile) => {
        const counts = Array.from({ length: boundaries.length + 1 }, () => 0);
        const bucket = (value: number): number => boundaries.filter((bound) => value > bound).length;
        for (const value of values) counts[bucket(value)] = (counts[bucket(value)] ?? 0) + 1;
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(Math.ceil(quantile * sorted.length) - 1, 0)] ?? Number.NaN;
        const [min, max] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
        const estimated = estimate(quantile, explicitValue(boundaries, counts, { min, max })) ?? Number.NaN;
        expect(estimated).toBeGreaterThanOrEqual(Math.max(boundaries[bucket(exact) - 1] ?? min, min));
        expect(estimated).toBeLessThanOrEqual(Math.min(boundaries[bucket(exact)] ?? max, max));
      }),
    );
  });

  it("of exponential histograms are within a bucket, on both sides of zero", () => {
    const side = { offset: 0, bucketCounts: [0, 0, 10] };
    const value = exponentialValue({ scale: 0, positive: side, negative: side, zeroCount: 10, count: 30 });
    const { timeSeries } = translate(metrics([exponential("h", [value])]), {
      quantiles: [0, 0.25, 0.5, 0.75, 1],
    });
    const [lowest = 0, low = 0, middle, high = 0, highest = 0] = timeSeries
      .slice(1)
      .map(({ samples }) => samples[0]?.value);
    expect([lowest, middle, highest]).toEqual([-8, 0, 8]);
    expect(low).toBeGreaterThan(-8);
    expect(low).toBeLessThan(-4);
    expect(high).toBeCloseTo(-low);
  });
});
