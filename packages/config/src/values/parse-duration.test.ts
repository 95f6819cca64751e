import fc from "fast-check";
import { expect, it } from "vitest";
import { parseDuration } from "./parse-duration.js";

it.each([
  ["30s", 30_000],
  ["1m30s", 90_000],
  ["1h", 3_600_000],
  ["0", 0],
  ["0s", 0],
  ["500ms", 500],
  ["1d12h", 129_600_000],
  ["1w", 604_800_000],
  ["1y", 31_536_000_000],
  ["1h0m5s10ms", 3_605_010],
  ["1.5s", 1500],
  ["90m", 5_400_000],
])("reads %s", (text, millis) => {
  expect(parseDuration(text)).toBe(millis);
});

it.each([
  "",
  "30",
  "s",
  "30 s",
  "-30s",
  "30S",
  "1s1m",
  "1m1m",
  "1us",
  "1h30",
  "Infinity",
  "1e3s",
  "9".repeat(30) + "s",
])("refuses %j", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

it("adds up what stands for itself", () => {
  const part = fc.integer({ min: 0, max: 99_999 });
  fc.assert(
    fc.property(part, part, part, part, (h, m, s, ms) => {
      expect(parseDuration(`${h}h${m}m${s}s${ms}ms`)).toBe(h * 3_600_000 + m * 60_000 + s * 1000 + ms);
    }),
  );
});
