import type { NativeHistogram, Series } from "@otel-remote-write/prompb";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { SeriesState } from "./batch.js";
import { createRoundSink } from "./round-sink.js";

const histogram: NativeHistogram = {
  count: 3,
  sum: 0,
  schema: 0,
  zeroThreshold: 0,
  zeroCount: 3,
  positiveSpans: [],
  positiveDeltas: [],
  negativeSpans: [],
  negativeDeltas: [],
  timestamp: 0,
};

/** A clock that goes on, stands still, or is stepped back and forth. */
const clockStep = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 }) },
  { weight: 2, arbitrary: fc.integer({ min: -800, max: 800 }) },
  { weight: 1, arbitrary: fc.constantFrom(-3_600_000, -5000, 5000, 3_600_000) },
);
const write = fc.record({
  after: clockStep,
  value: fc.nat({ max: 2 }),
  isStale: fc.boolean(),
  endsRound: fc.boolean(),
});

interface Point {
  readonly value: number;
  readonly stale: boolean;
  readonly timestamp: number;
}

function collect(
  writes: readonly { after: number; value: number; isStale: boolean; endsRound: boolean }[],
  isHistogram: boolean,
): { points: Point[]; inputs: number[]; steps: number } {
  let steps = 0;
  const sink = createRoundSink({ maxSamplesPerSend: 2000, maxBytesPerSend: 1e6 }, () => steps++);
  const metadata = { type: "gauge", help: "", unit: "", familyName: "m" } as const;
  const series: Series<SeriesState> = {
    labels: [{ name: "__name__", value: "m" }],
    metadata,
    owned: undefined,
  };
  const points: Point[] = [];
  const inputs: number[] = [];
  let now = 1_700_000_000_000;
  for (const { after, value, isStale, endsRound } of [...writes, { ...last, endsRound: true }]) {
    now += after;
    inputs.push(now);
    if (isHistogram) sink.histogram(series, { ...histogram, sum: value, timestamp: now, stale: isStale });
    else if (isStale) sink.staleMarker(series, now);
    else sink.sample(series, value, now, 0);
    if (!endsRound) continue;
    for (const { round } of sink.takeRounds()) {
      for (let i = 0; i < round.sampleCount; i++) {
        const stale = round.staleSamples.has(i);
        points.push({ value: round.values[i] ?? NaN, timestamp: round.timestamps[i] ?? NaN, stale });
      }
      for (const { histogram: each } of round.histograms) {
        points.push({ value: each.sum, timestamp: each.timestamp, stale: each.stale === true });
      }
    }
  }
  return { points, inputs, steps };
}
const last = { after: 0, value: 0, isStale: false };

it.each([
  ["numbers", false],
  ["native histograms", true],
])("E10, W1.18: %s of a series never zigzag, whatever the clock does", (_, isHistogram) => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 40 }), (writes) => {
      const { points, inputs, steps } = collect(writes, isHistogram);
      let back = 0;
      for (const [i, { timestamp, stale }] of points.entries()) {
        const before = points[i - 1];
        if (before === undefined) continue;
        // A series ends once, and after its last value.
        expect(stale && before.stale).toBe(false);
        if (timestamp > before.timestamp) continue;
        // Back only where the clock was stepped back by more than a second: with the true time, and told.
        back++;
        expect(stale).toBe(false);
        expect(before.timestamp - timestamp).toBeGreaterThan(1000);
        expect(inputs).toContain(timestamp);
      }
      expect(steps).toBe(back);
    }),
    { numRuns: 300 },
  );
});

it("E10: the last value arrives, also where the clock stands still", () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 20 }), (writes) => {
      const still = writes.map((each) => ({ ...each, after: 0, isStale: false }));
      const { points } = collect(still, false);
      const values = [...still.map(({ value }) => value), last.value];
      // Each value that is another than the one before, in the order in which they were recorded.
      const changes = values.filter((value, i) => value !== values[i - 1]);
      expect(points.map(({ value }) => value).filter((value, i, all) => value !== all[i - 1])).toEqual(
        changes,
      );
    }),
  );
});
