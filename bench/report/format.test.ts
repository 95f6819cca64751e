import { expect, it } from "vitest";
import { number, ratio, spread } from "./format.mjs";

it("shows three digits that count", () => {
  expect([0.1234, 1.234, 12.34, 1234.5].map(number)).toEqual(["0.12", "1.23", "12.3", "1,235"]);
});

it("shows small ratios as fractions of one", () => {
  expect([2, 0.5, 0.25, 1 / 15].map(ratio)).toEqual(["2.00", "0.50", "1/4.00", "1/15.0"]);
});

it("shows the quartiles", () => {
  expect(spread({ median: 2, low: 1, high: 3, max: 9 })).toBe("1.00 – 3.00");
});
