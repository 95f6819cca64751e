import { expect, it } from "vitest";
import { bucketBar } from "./bucket-bar.js";
import { alignRow, columnWidths } from "./columns.js";
import { pairText, roundedText } from "./number-text.js";
import { wrapText } from "./wrap-text.js";

it.each([
  [0, "0"],
  [1_234_567, "1,234,567"],
  [-4.25, "-4.25"],
  [0.123456789, "0.12346"],
  [123_456.75, "123,457"],
  [0.00001234567, "0.000012346"],
  [Infinity, "Infinity"],
  [Number.NaN, "NaN"],
])("writes %d as %s", (value, text) => {
  expect(roundedText(value)).toBe(text);
});

it("writes all digits of numbers that are not the same", () => {
  expect(pairText(0.1 + 0.2, 0.3, false)).toEqual(["0.30000000000000004", "0.3"]);
  expect(pairText(1.5, undefined, false)).toEqual(["1.5", "missing"]);
  expect(pairText(undefined, 1.5, false)).toEqual(["never", "1.5"]);
});

it.each([
  [[0, 1, 4, 8], "·▁▄█"],
  [[0, 0], "··"],
  [[1, 1_000_000], "▁█"],
  [[], ""],
])("draws %j as %s", (counts, bar) => {
  expect(bucketBar(counts)).toBe(bar);
});

it("aligns cells and cuts those that are too long", () => {
  const columns = ["left", "right"] as const;
  const rows = [
    ["ab", "1"],
    ["abcdefg", "1000"],
  ];
  expect(columnWidths(columns, rows)).toEqual([7, 4]);
  expect(rows.map((row) => alignRow(columns, [5, 4], row))).toEqual([
    ["ab   ", "   1"],
    ["abcd…", "1000"],
  ]);
});

it("breaks lines between words", () => {
  expect(wrapText("one two three four", 9)).toEqual(["one two", "three", "four"]);
  expect(wrapText("by a-very-long-word, b", 10, "  ")).toEqual(["  by", "  a-very-long-word,", "  b"]);
});
