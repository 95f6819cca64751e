import type { Series, SeriesBlock } from "@otel-remote-write/prompb";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { SeriesState } from "./batch.js";
import { createRoundSink, type RoundSink } from "./round-sink.js";

const metadata = { type: "counter", help: "", unit: "", familyName: "m" } as const;

function createSeries(): Series<SeriesState>[] {
  return Array.from({ length: 7 }, (_, i) => ({
    labels: [{ name: "__name__", value: `m${i}` }],
    metadata,
    owned: undefined,
  }));
}

function blocksOf(series: readonly Series<SeriesState>[]): SeriesBlock<SeriesState>[] {
  return [series.slice(0, 5), series.slice(3), series.slice(2, 4)].map((members, i) => ({
    series: members,
    startTimestamps: new Float64Array(members.length).fill(i * 100),
    owned: undefined,
  }));
}

/** What the Rounds since the last call hold, as `name=value@timestamp since start`. */
function take(sink: RoundSink): string[][] {
  return sink.takeRounds().map(({ round: { sampleCount, series, values, timestamps, startTimestamps } }) =>
    Array.from({ length: sampleCount }, (_, i) => {
      const name = series[i]?.labels[0]?.value;
      return `${name}=${values[i]}@${timestamps[i]} since ${startTimestamps[i]}`;
    }),
  );
}

const after = fc.oneof(
  { weight: 6, arbitrary: fc.constant(1000) },
  { weight: 1, arbitrary: fc.constantFrom(0, -500, -5000) },
);
const write = fc.record({
  after,
  block: fc.nat({ max: 2 }),
  value: fc.nat({ max: 3 }),
  /** Another series, that is written for itself. */
  single: fc.option(fc.nat({ max: 6 }), { freq: 4 }),
  endsRound: fc.boolean(),
});

it("a block is the same as a sample of each of its series, whatever came before", () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 30 }), fc.constantFrom(2, 3, 100), (writes, maxSeries) => {
      const steps: [number[], number[]] = [[], []];
      const [byBlock, bySample] = steps.map((of) =>
        createRoundSink({ maxSamplesPerSend: maxSeries, maxBytesPerSend: 1e6 }, (back) => of.push(back)),
      );
      const [blockSeries, sampleSeries] = [createSeries(), createSeries()];
      const [blocks, samples] = [blocksOf(blockSeries), blocksOf(sampleSeries)];
      const rounds: [string[][][], string[][][]] = [[], []];
      let timestamp = 100_000;
      for (const { after: millis, block: index, value, single, endsRound } of writes) {
        timestamp += millis;
        const [block, same] = [blocks[index], samples[index]];
        if (block === undefined || same === undefined || byBlock === undefined || bySample === undefined)
          return;
        const values = Float64Array.from(block.series, (_, i) => value + i);
        byBlock.block?.(block, values, timestamp);
        for (const [i, series] of same.series.entries()) {
          bySample.sample(series, values[i] ?? NaN, timestamp, same.startTimestamps[i] ?? 0);
        }
        if (single !== null) {
          for (const [sink, all] of [
            [byBlock, blockSeries],
            [bySample, sampleSeries],
          ] as const) {
            const series = all[single];
            if (series !== undefined) sink.sample(series, 9, timestamp, 0);
          }
        }
        if (!endsRound) continue;
        rounds[0].push(take(byBlock));
        rounds[1].push(take(bySample));
      }
      expect(rounds[0]).toEqual(rounds[1]);
      expect(steps[0]).toEqual(steps[1]);
    }),
    { numRuns: 500 },
  );
});
