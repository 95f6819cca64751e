import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translate } from "../index.js";
import { explicitValue, histogram, metrics, valuesOf } from "../testdata/fixtures.js";
import { vectors } from "../testdata/vectors.js";
import { openMetricsFloat, shortestDecimal } from "./float-text.js";

describe("floats in labels", () => {
  it.each(vectors.float_format)("TR15: $id $expected", ({ value, expected }) => {
    // JSON has no -0.
    expect(shortestDecimal(expected === "-0" ? -0 : value)).toBe(expected);
  });

  it.each([
    [1, "1"],
    [-1.5, "-1.5"],
    [1e21, "1000000000000000000000"],
    [1.25e25, "12500000000000000000000000"],
    [-1.5e-9, "-0.0000000015"],
    [5e-324, `0.${"0".repeat(323)}5`],
    [Number.POSITIVE_INFINITY, "+Inf"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
    [Number.NaN, "NaN"],
  ])("TR15: %d is written as %s", (value, text) => {
    expect(shortestDecimal(value)).toBe(text);
  });

  it("TR15: no float has an exponent, and each reads back as itself", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = shortestDecimal(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value);
      }),
    );
  });

  it.each([
    [1, "1.0"],
    [0, "0.0"],
    [0.5, "0.5"],
    [-10, "-10.0"],
    [100_000, "100000.0"],
    [1e6, "1e+06"],
    [1.5e-7, "1.5e-07"],
    [0.0001, "0.0001"],
    [1e100, "1e+100"],
    [Number.POSITIVE_INFINITY, "+Inf"],
  ])("OpenMetrics writes %d as %s", (value, text) => {
    expect(openMetricsFloat(value)).toBe(text);
  });

  it("TR15: leFormat chooses", () => {
    const input = metrics([histogram("h", [explicitValue([1, 2.5], [0, 0, 0])])]);
    const bounds = (leFormat?: "openmetrics"): string[] =>
      Object.keys(valuesOf(translate(input, { leFormat }).timeSeries)).slice(2);
    expect(bounds()).toEqual(['h_bucket{le="1"}', 'h_bucket{le="2.5"}', 'h_bucket{le="+Inf"}']);
    expect(bounds("openmetrics")).toEqual([
      'h_bucket{le="1.0"}',
      'h_bucket{le="2.5"}',
      'h_bucket{le="+Inf"}',
    ]);
  });
});
