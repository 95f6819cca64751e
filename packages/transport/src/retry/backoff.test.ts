import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffMillis } from "./backoff.js";

const limits = { minMillis: 100, maxMillis: 5000 };

describe("H5 W1.20 W2.22: backoffMillis", () => {
  test("the upper end doubles with each retry, up to the limit", () => {
    const ends = [0, 1, 2, 3, 4, 5, 6, 7].map((retry) => backoffMillis(retry, limits, () => 1));
    expect(ends).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
  });

  test("full jitter: the wait is drawn from all of it", () => {
    expect(backoffMillis(3, limits, () => 0)).toBe(0);
    expect(backoffMillis(3, limits, () => 0.25)).toBe(200);
  });

  test("it stays within the limits after any number of retries", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.double({ min: 0, max: 1, noNaN: true }), (retry, random) => {
        const millis = backoffMillis(retry, limits, () => random);
        expect(millis).toBeGreaterThanOrEqual(0);
        expect(millis).toBeLessThanOrEqual(5000);
      }),
    );
  });

  test("it draws by itself when no random is given", () => {
    const drawn = new Set(Array.from({ length: 20 }, () => backoffMillis(10, limits)));
    expect(drawn.size).toBeGreaterThan(1);
  });
});
