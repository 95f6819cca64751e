import type { Round, Series } from "@otel-remote-write/prompb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addSample, createRoundBuilder, emptyShape, finishRound, type RoundShape } from "./round-builder.js";

const metadata = { type: "gauge", help: "", unit: "", familyName: "m" } as const;
const allSeries: Series[] = Array.from({ length: 5 }, (_, i) => ({
  labels: [{ name: "__name__", value: `m${i}` }],
  metadata,
  owned: undefined,
}));

interface Sample {
  readonly of: number;
  readonly value: number;
  readonly startTimestamp: number;
}

function build(previous: RoundShape, samples: readonly Sample[]): Round {
  const builder = createRoundBuilder(previous);
  for (const { of, value, startTimestamp } of samples) {
    const series = allSeries[of];
    if (series !== undefined) addSample(builder, series, value, 1000, startTimestamp);
  }
  return finishRound(builder);
}

/** What a Round says, apart from how it is kept. */
function samplesOf({ sampleCount, series, values, startTimestamps }: Round): unknown[] {
  return Array.from({ length: sampleCount }, (_, i) => [series[i], values[i], startTimestamps[i]]);
}

const samples = fc.array(
  fc.record({
    of: fc.nat({ max: 4 }),
    value: fc.integer(),
    startTimestamp: fc.constantFrom(0, 500),
  }),
  { maxLength: 40 },
);

describe("createRoundBuilder", () => {
  it("makes the same Round whatever the Round before", () => {
    fc.assert(
      fc.property(samples, samples, (before, now) => {
        const previous = build(emptyShape, before);
        const untouched = samplesOf(previous);
        const round = build(previous, now);
        expect(samplesOf(round)).toEqual(samplesOf(build(emptyShape, now)));
        expect(round.series).toHaveLength(round.sampleCount);
        expect(samplesOf(previous)).toEqual(untouched);
      }),
    );
  });

  it("shares what the Round before has in common with it", () => {
    fc.assert(
      fc.property(samples, (before) => {
        const previous = build(emptyShape, before);
        const round = build(
          previous,
          before.map((sample) => ({ ...sample, value: sample.value + 1 })),
        );
        expect(round.series).toBe(previous.series);
        expect(round.startTimestamps).toBe(previous.startTimestamps);
        expect(round.values).not.toBe(previous.values);
      }),
    );
  });
});
