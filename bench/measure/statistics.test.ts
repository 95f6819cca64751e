import { describe, expect, it } from "vitest";
import { distribution, median, quantile } from "./statistics.mjs";

describe("statistics", () => {
  it("takes the value in the middle, or between the two in the middle", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([10, 9, 100])).toBe(10);
  });

  it("interpolates quantiles", () => {
    expect(quantile([0, 10], 0.25)).toBe(2.5);
    expect(quantile([5], 0.9)).toBe(5);
  });

  it("tells the spread", () => {
    expect(distribution([5, 1, 3, 2, 4])).toEqual({ median: 3, low: 2, high: 4, max: 5 });
  });

  it("refuses no values", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});
