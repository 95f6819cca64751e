import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBatch } from "./batch.js";
import { nextTimestamp } from "./timestamp.js";

const batch = createBatch();
const after = (lastTimestamp: number, lastValue: number | undefined) => ({ batch, lastTimestamp, lastValue });

describe("nextTimestamp", () => {
  it("keeps a later time, and the first one", () => {
    expect(nextTimestamp(after(1000, 1), 1, 1001)).toBe(1001);
    expect(nextTimestamp(after(-Infinity, undefined), 1, 1000)).toBe(1000);
  });

  it("sends the same time and value once", () => {
    expect(nextTimestamp(after(1000, 1), 1, 1000)).toBeUndefined();
    expect(nextTimestamp(after(1000, NaN), NaN, 1000)).toBeUndefined();
    expect(nextTimestamp(after(1000, undefined), undefined, 1000)).toBeUndefined();
  });

  it("W1.18: moves another value of the same time, or of up to a second before, past the last", () => {
    expect(nextTimestamp(after(1000, 1), 2, 1000)).toBe(1001);
    expect(nextTimestamp(after(1000, NaN), undefined, 1000)).toBe(1001);
    expect(nextTimestamp(after(5000, 1), 1, 4000)).toBe(5001);
  });

  it("E10: keeps the true time when the clock was stepped back further", () => {
    expect(nextTimestamp(after(5000, 1), 1, 3999)).toBe(3999);
  });

  it("is strictly increasing as long as the clock steps back by a second at most", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.constantFrom(1, 2)), {
      minLength: 1,
    });
    fc.assert(
      fc.property(steps, (points) => {
        const state = after(-Infinity, undefined);
        for (const [step, value] of points) {
          const next = nextTimestamp(state, value, 10_000 + step);
          if (next === undefined) continue;
          expect(next).toBeGreaterThan(state.lastTimestamp);
          state.lastTimestamp = next;
          state.lastValue = value;
        }
      }),
    );
  });
});
