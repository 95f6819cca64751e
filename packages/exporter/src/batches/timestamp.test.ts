import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBatch, type SingleState } from "./batch.js";
import { timestampAfter } from "./timestamp.js";

const batch = createBatch();
const first: SingleState = {
  batch,
  runs: undefined,
  builder: undefined,
  lastTimestamp: -Infinity,
  lastValue: NaN,
  lastIsStale: false,
};

function after(lastTimestamp: number, lastValue: number): SingleState {
  return { batch, runs: undefined, builder: undefined, lastTimestamp, lastValue, lastIsStale: false };
}

function afterStale(lastTimestamp: number): SingleState {
  return { batch, runs: undefined, builder: undefined, lastTimestamp, lastValue: NaN, lastIsStale: true };
}

describe("timestampAfter", () => {
  it("keeps a later time, and the first one", () => {
    expect(timestampAfter(after(1000, 1), 1, false, 1001)).toBe(1001);
    expect(timestampAfter(first, 1, false, 1000)).toBe(1000);
  });

  it("sends the same time and value once", () => {
    expect(timestampAfter(after(1000, 1), 1, false, 1000)).toBeUndefined();
    expect(timestampAfter(after(1000, NaN), NaN, false, 1000)).toBeUndefined();
  });

  it("W1.18: moves another value of the same time, or of up to a second before, past the last", () => {
    expect(timestampAfter(after(1000, 1), 2, false, 1000)).toBe(1001);
    expect(timestampAfter(after(1000, NaN), NaN, true, 1000)).toBe(1001);
    expect(timestampAfter(afterStale(1000), NaN, false, 1000)).toBe(1001);
    expect(timestampAfter(after(5000, 1), 1, false, 4000)).toBe(5001);
  });

  it("E10: keeps the true time when the clock was stepped back further", () => {
    expect(timestampAfter(after(5000, 1), 1, false, 3999)).toBe(3999);
  });

  it("W1.23: ends a series after its last value, whatever the clock says, and once", () => {
    expect(timestampAfter(after(1000, 1), NaN, true, 2000)).toBe(2000);
    expect(timestampAfter(after(90_000, 1), NaN, true, 1000)).toBe(90_001);
    expect(timestampAfter(first, NaN, true, 1000)).toBe(1000);
    expect(timestampAfter(afterStale(1000), NaN, true, 1000)).toBeUndefined();
    expect(timestampAfter(afterStale(1000), NaN, true, 2000)).toBeUndefined();
  });

  it("is strictly increasing as long as the clock steps back by a second at most", () => {
    const step = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.constantFrom(1, 2));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (points) => {
        const state = { ...first };
        for (const [offset, value] of points) {
          const next = timestampAfter(state, value, false, 10_000 + offset);
          if (next === undefined) continue;
          expect(next).toBeGreaterThan(state.lastTimestamp);
          state.lastTimestamp = next;
          state.lastValue = value;
        }
      }),
    );
  });
});
