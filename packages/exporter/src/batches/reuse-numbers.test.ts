import type { Series } from "@otel-remote-write/prompb";
import { expect, it } from "vitest";
import type { SeriesState } from "./batch.js";
import { reuseNumbers } from "./reuse-numbers.js";
import { type BatchRound, createRoundSink } from "./round-sink.js";

function start() {
  const sink = createRoundSink({ maxSamplesPerSend: 100, maxBytesPerSend: 1e6 }, () => {});
  const all = ["a", "b"].map((name): Series<SeriesState> => {
    const metadata = { type: "gauge", help: "", unit: "", familyName: name } as const;
    return { labels: [{ name: "__name__", value: name }], metadata, owned: undefined };
  });
  /** Collects some values of the series, at that time. */
  return (timestamp: number, ...values: number[]): BatchRound => {
    for (const [i, value] of values.entries()) {
      const series = all[i];
      if (series !== undefined) sink.sample(series, value, timestamp, 0);
    }
    const [batchRound] = sink.takeRounds();
    if (batchRound === undefined) throw new Error("nothing was collected");
    return batchRound;
  };
}

const samplesOf = ({ round: { values, timestamps, sampleCount } }: BatchRound): number[][] =>
  Array.from({ length: sampleCount }, (_, i) => [timestamps[i] ?? NaN, values[i] ?? NaN]);

it("the next Round is written over one that is done with, and no other one", () => {
  const collect = start();
  collect(1000, 1, 2);
  const done = collect(2000, 3, 4);
  const waiting = collect(3000, 5, 6);
  reuseNumbers(done);
  const next = collect(4000, 7, 8);
  expect(next.round.values).toBe(done.round.values);
  expect(next.round.timestamps).toBe(done.round.timestamps);
  const after = collect(5000, 9, 10);
  expect([waiting, next, after].map(samplesOf)).toEqual([
    [
      [3000, 5],
      [3000, 6],
    ],
    [
      [4000, 7],
      [4000, 8],
    ],
    [
      [5000, 9],
      [5000, 10],
    ],
  ]);
});

it("a Round in which series were new is left alone: their states refer to its values", () => {
  const collect = start();
  const first = collect(1000, 1, 2);
  reuseNumbers(first);
  const second = collect(2000, 3);
  const third = collect(2000, 4, 5);
  reuseNumbers(third);
  expect([first, second, third].map(samplesOf)).toEqual([
    [
      [1000, 1],
      [1000, 2],
    ],
    [[2000, 3]],
    [
      [2001, 4],
      [2000, 5],
    ],
  ]);
  expect(second.round.values).not.toBe(first.round.values);
});

it("a Round of more series gets room of its own", () => {
  const collect = start();
  collect(1000, 1);
  reuseNumbers(collect(2000, 2));
  expect(samplesOf(collect(3000, 3, 4))).toEqual([
    [3000, 3],
    [3000, 4],
  ]);
});
