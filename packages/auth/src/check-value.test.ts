import { describe, expect, it } from "vitest";
import { checkBoolean, checkDelayMillis, checkPositiveInteger } from "./check-value.js";

describe("checks of values", () => {
  it("take what is right", () => {
    expect(checkBoolean(false, "a", "owner")).toBe(false);
    expect(checkPositiveInteger(1, "a", "owner")).toBe(1);
    expect(checkDelayMillis(0.5, "a", "owner")).toBe(0.5);
    expect(checkDelayMillis(2 ** 31 - 1, "a", "owner")).toBe(2 ** 31 - 1);
  });

  it.each([
    [checkBoolean, "hunter2", "true or false, got a string"],
    [checkBoolean, 1, "true or false, got a number"],
    [checkPositiveInteger, 1.5, "a whole number above 0, got 1.5"],
    [checkPositiveInteger, 0, "a whole number above 0, got 0"],
    [checkPositiveInteger, "hunter2", "a whole number above 0, got a string"],
    [checkDelayMillis, 2 ** 31, "a number of milliseconds above 0 and at most 2147483647, got 2147483648"],
    [checkDelayMillis, NaN, "a number of milliseconds above 0 and at most 2147483647, got NaN"],
    [checkDelayMillis, null, "a number of milliseconds above 0 and at most 2147483647, got null"],
  ])("%o refuses %o", (check, value, wanted) => {
    expect(() => check(value, "queue.a", "owner")).toThrow(new TypeError(`owner: queue.a must be ${wanted}`));
  });
});
