import { describe, expect, test } from "vitest";
import { maxRetryAfterMillis, parseRetryAfter } from "./retry-after.js";

const now = Date.UTC(2026, 10, 23, 12, 0, 0);

describe("H6 W2.23: Retry-After", () => {
  test.each([
    ["0", 0],
    ["1", 1000],
    [" 7 ", 7000],
    ["007", 7000],
    ["300", 300_000],
    ["Mon, 23 Nov 2026 12:00:00 GMT", 0],
    ["Mon, 23 Nov 2026 12:00:30 GMT", 30_000],
    ["Monday, 23-Nov-26 12:00:30 GMT", 30_000],
    ["Mon Nov 23 12:00:30 2026", 30_000],
  ])("%j means %d ms", (value, millis) => {
    expect(parseRetryAfter(value, now)).toBe(millis);
  });

  test.each(["301", "86400", "99999999999999999999", "9".repeat(400), "Tue, 24 Nov 2026 12:00:00 GMT"])(
    "%j is capped at five minutes",
    (value) => {
      expect(parseRetryAfter(value, now)).toBe(maxRetryAfterMillis);
      expect(maxRetryAfterMillis).toBe(300_000);
    },
  );

  test.each([
    undefined,
    "",
    " ",
    "-1",
    "+5",
    "1.5",
    "1e3",
    "0x10",
    "5s",
    "5, 10",
    "soon",
    "NaN",
    "Infinity",
    "٣",
    "2026-11-23T12:00:30Z",
    "Mon, 23 Nov 2026 11:59:59 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Mon, 23 Nov 2026 12:00:30 CET",
    "Mon, 23 Nov 2026 12:00:30",
    "Mon, 23 Nov 2026 25:00:30 GMT",
    "Mon, 31 Nov 2026 12:00:30 GMT",
    "Mon, 23 Foo 2026 12:00:30 GMT",
  ])("%j is ignored", (value) => {
    expect(parseRetryAfter(value, now)).toBeUndefined();
  });
});
