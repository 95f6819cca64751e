import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vectors } from "../testdata/vectors.js";
import { hrTimeToMillis } from "./hr-time.js";

describe("times", () => {
  it.each(vectors.timestamps)("TR21: $id", ({ nanos = 0, hrTime, expectedMs }) => {
    expect(hrTimeToMillis(hrTime ?? [Math.floor(nanos / 1e9), nanos % 1e9])).toBe(expectedMs);
  });

  it("TR21: are cut off, never rounded up", () => {
    expect(hrTimeToMillis([1_700_000_000, 999_999_999])).toBe(1_700_000_000_999);
    const seconds = fc.integer({ min: 0, max: 2 ** 33 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 999_999_999 }), (each, nanos) => {
        const exact = (BigInt(each) * 1_000_000_000n + BigInt(nanos)) / 1_000_000n;
        expect(BigInt(hrTimeToMillis([each, nanos]))).toBe(exact);
      }),
    );
  });
});
