import type { Series, SeriesBlock } from "@otel-remote-write/prompb";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { SeriesState } from "./batch.js";
import { batchOf } from "./batch-of.test-support.js";
import { type BatchRound, createRoundSink } from "./round-sink.js";

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

/** The samples of each series in the order of Rounds, and which series share a batch. */
function createReader() {
  const samples = new Map<string, string[]>();
  return {
    samples,
    read(rounds: readonly BatchRound[]) {
      for (const { round, batch } of rounds) {
        for (let i = 0; i < round.sampleCount; i++) {
          const series = round.series[i] as Series<SeriesState>;
          expect(batchOf(series)).toBe(batch);
          const name = series.labels[0]?.value ?? "";
          const text = `${round.values[i]}@${round.timestamps[i]} since ${round.startTimestamps[i]}`;
          samples.set(name, [...(samples.get(name) ?? []), text]);
        }
      }
    },
  };
}

const write = fc.record({
  after: fc.constantFrom(1000, 1000, 1000, 0, -500),
  block: fc.nat({ max: 2 }),
  value: fc.nat({ max: 3 }),
  single: fc.option(fc.nat({ max: 6 }), { freq: 4 }),
  endsRound: fc.boolean(),
  /** Splits the batch of one series: these go. Also in the middle of a Round. */
  split: fc.option(
    fc.record({ of: fc.nat({ max: 6 }), moved: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }) }),
  ),
});

it("W1.18: a batch that is split loses nothing, keeps every series in order, and takes them along for good", () => {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 30 }), (writes) => {
      const limits = { maxSamplesPerSend: 4, maxBytesPerSend: 1e6 };
      const [whole, split] = [createRoundSink(limits, () => {}), createRoundSink(limits, () => {})];
      const [wholeReader, splitReader] = [createReader(), createReader()];
      const [wholeSeries, splitSeries] = [createSeries(), createSeries()];
      const sides = [
        { sink: whole, series: wholeSeries, blocks: blocksOf(wholeSeries), reader: wholeReader },
        { sink: split, series: splitSeries, blocks: blocksOf(splitSeries), reader: splitReader },
      ];
      /** The last Round of each batch, which a receiver could refuse. */
      const last = new Map<unknown, BatchRound>();
      let timestamp = 100_000;
      for (const step of writes) {
        timestamp += step.after;
        for (const { sink, series, blocks, reader } of sides) {
          const block = blocks[step.block];
          if (block === undefined) continue;
          sink.block?.(
            block,
            Float64Array.from(block.series, (_, i) => step.value + i),
            timestamp,
          );
          const single = step.single === null ? undefined : series[step.single];
          if (single !== undefined) sink.sample(single, 9, timestamp, 0);
          if (sink === split && step.split !== null) {
            const refused = last.get(batchOf(series[step.split.of]));
            const { moved } = step.split;
            const inBatch = series.filter(
              (each, index) => moved.includes(index) && batchOf(each) === refused?.batch,
            );
            if (refused !== undefined && inBatch.length > 0) sink.split(refused, new Set(inBatch));
          }
          if (!step.endsRound) continue;
          const rounds = sink.takeRounds();
          reader.read(rounds);
          for (const { round } of rounds) {
            expect(round.sampleCount + round.histograms.length).toBeGreaterThan(0);
          }
          if (sink === split) for (const round of rounds) last.set(round.batch, round);
        }
      }
      for (const { sink, reader } of sides) reader.read(sink.takeRounds());
      expect(splitReader.samples).toEqual(wholeReader.samples);
    }),
    { numRuns: 500 },
  );
});
