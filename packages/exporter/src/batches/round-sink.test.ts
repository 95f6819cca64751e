import type { NativeHistogram, Series } from "@otel-remote-write/prompb";
import { describe, expect, it } from "vitest";
import type { SeriesState } from "./batch.js";
import { batchOf } from "./batch-of.test-support.js";
import type { BatchLimits } from "./batch-filling.js";
import { createRoundSink } from "./round-sink.js";

function series(name: string): Series<SeriesState> {
  const metadata = { type: "gauge", help: "", unit: "", familyName: name } as const;
  return { labels: [{ name: "__name__", value: name }], metadata, owned: undefined };
}

function start(limits: Partial<BatchLimits> = {}) {
  const steps: number[] = [];
  const sink = createRoundSink({ maxSamplesPerSend: 100, maxBytesPerSend: 1e6, ...limits }, (back) =>
    steps.push(back),
  );
  /** The samples of the next Rounds, as `name=value@timestamp`. */
  const take = (): string[][] =>
    sink
      .takeRounds()
      .map(({ round }) =>
        round.series.map((of, i) => `${of.labels[0]?.value}=${round.values[i]}@${round.timestamps[i]}`),
      );
  return { sink, take, steps };
}

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
  timestamp: 1000,
};

const exemplar = (value: number) => ({ labels: [], value, timestamp: 1 });

describe("createRoundSink", () => {
  it("makes one Round for each batch, and a series stays in its batch", () => {
    const { sink, take } = start({ maxSamplesPerSend: 2 });
    const [a, b, c] = [series("a"), series("b"), series("c")];
    for (const of of [a, b, c]) sink.sample(of, 1, 1000, 0);
    expect(take()).toEqual([["a=1@1000", "b=1@1000"], ["c=1@1000"]]);
    for (const of of [c, b]) sink.sample(of, 2, 2000, 0);
    expect(take()).toEqual([["c=2@2000"], ["b=2@2000"]]);
    expect(batchOf(a)).toBe(batchOf(b));
    expect(batchOf(a)).not.toBe(batchOf(c));
  });

  it("W1.18: sends a value once that was moved and comes again with the time it had", () => {
    const { sink, take } = start();
    const a = series("a");
    for (const value of [1, 2, 2, 3, 3, 2]) sink.sample(a, value, 1000, 0);
    expect(take()).toEqual([["a=1@1000", "a=2@1001", "a=3@1002", "a=2@1003"]]);
    sink.sample(a, 2, 1000, 0);
    expect(take()).toEqual([]);
    sink.sample(a, 2, 2000, 0);
    sink.sample(a, 2, 1000, 0);
    expect(take()).toEqual([["a=2@2000", "a=2@2001"]]);
  });

  it("W1.18: sends a native histogram once that was moved and comes again with the time it had", () => {
    const { sink } = start();
    const h = series("h");
    for (const sum of [1, 2, 2, 3, 3]) sink.histogram(h, { ...histogram, sum });
    const [first] = sink.takeRounds();
    expect(first?.round.histograms.map(({ histogram: of }) => [of.sum, of.timestamp])).toEqual([
      [1, 1000],
      [2, 1001],
      [3, 1002],
    ]);
  });

  it("fills a batch up to maxBytesPerSend, and gives native histograms room to grow", () => {
    const { sink } = start({ maxBytesPerSend: 20_000 });
    const value = "x".repeat(1000);
    for (let i = 0; i < 30; i++) {
      const long = { ...series("m"), labels: [{ name: "a", value: `${value}${i}` }] };
      sink.sample(long, 1, 1000, 0);
    }
    for (let i = 0; i < 5; i++) sink.histogram(series(`h${i}`), histogram);
    const rounds = sink.takeRounds().map(({ round }) => [round.sampleCount, round.histograms.length]);
    expect(rounds).toEqual([
      [19, 0],
      [11, 1],
      [0, 3],
      [0, 1],
    ]);
  });

  it("puts a series that is too long for any batch into one of its own", () => {
    const { sink } = start({ maxBytesPerSend: 100 });
    const value = "x".repeat(1000);
    for (let i = 0; i < 3; i++) {
      sink.sample({ ...series("m"), labels: [{ name: "a", value: `${value}${i}` }] }, 1, 1000, 0);
    }
    expect(sink.takeRounds().map(({ round }) => round.sampleCount)).toEqual([1, 1, 1]);
  });

  it("keeps the series of a classic histogram in one batch, where it fits", () => {
    const { sink, take } = start({ maxSamplesPerSend: 4 });
    const write = (names: readonly string[]): void => {
      sink.group?.(names.length);
      for (const name of names) sink.sample(series(name), 1, 1000, 0);
    };
    write(["a_sum", "a_count", "a_inf"]);
    write(["b_sum", "b_count", "b_inf"]);
    write(["c1", "c2", "c3", "c4", "c5"]);
    expect(take().map((round) => round.length)).toEqual([4, 4, 3]);
  });

  it("E5: keeps them together where maxBytesPerSend ends a batch, too", () => {
    const { sink, take } = start({ maxBytesPerSend: 2000 });
    for (let family = 0; family < 10; family++) {
      sink.group?.(6);
      for (let i = 0; i < 6; i++) sink.sample(series(`h${family}`), 1, 1000, 0);
    }
    for (const round of take()) expect(round.length % 6).toBe(0);
  });

  it("gives the places of series that are gone to others, so that churn makes no small requests", () => {
    const { sink, take } = start({ maxSamplesPerSend: 20 });
    const lasting: Series<SeriesState>[] = [];
    let before: Series<SeriesState>[] = [];
    let some: Series<SeriesState>[] = [];
    let time = 0;
    for (let collection = 0; collection < 200; collection++) {
      time += 60_000;
      for (const gone of before) expect(sink.keeps(gone)).toBe(false);
      before = some;
      some = Array.from({ length: 19 }, (_, i) => series(`s${collection} ${i}`));
      if (collection < 40) lasting.push(series(`lasting ${collection}`));
      for (const of of [...lasting, ...some]) sink.sample(of, 1, time, 0);
      const sizes = take().map((round) => round.length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
      // 59 series, beside the places of 19 that are not forgotten yet: 4 would do.
      expect(sizes.length).toBeLessThanOrEqual(7);
    }
  });

  it("puts histograms that are larger than the usual room into batches that are not over maxBytesPerSend", () => {
    const { sink } = start({ maxBytesPerSend: 50_000 });
    const large = { ...histogram, positiveDeltas: Array.from({ length: 2000 }, () => 1) };
    for (let i = 0; i < 9; i++) sink.histogram(series(`h${i}`), large);
    expect(sink.takeRounds().map(({ round }) => round.histograms.length)).toEqual([3, 3, 3]);
  });

  it("puts no more series beside histograms that have outgrown their room", () => {
    const { sink } = start({ maxBytesPerSend: 50_000 });
    const [a, b] = [series("a"), series("b")];
    for (const of of [a, b]) sink.histogram(of, histogram);
    const positiveDeltas = Array.from({ length: 3200 }, () => 1);
    for (const of of [a, b]) sink.histogram(of, { ...histogram, positiveDeltas, timestamp: 2000 });
    sink.sample(series("c"), 1, 2000, 0);
    expect(batchOf(a)).toBe(batchOf(b));
    expect(sink.takeRounds()).toHaveLength(2);
  });

  it("gives Rounds that later collections do not change", () => {
    const { sink } = start();
    const a = series("a");
    sink.sample(a, 1, 1000, 500);
    const [first] = sink.takeRounds();
    for (let i = 0; i < 100; i++) sink.sample(a, 2 + i, 2000 + i, 500);
    const [second] = sink.takeRounds();
    expect([first?.round.sampleCount, first?.round.values[0], first?.round.startTimestamps[0]]).toEqual([
      1, 1, 500,
    ]);
    expect([second?.round.sampleCount, second?.round.values[99], second?.round.timestamps[99]]).toEqual([
      100, 101, 2099,
    ]);
  });

  it("has no Round for a batch that got nothing", () => {
    const { sink, take } = start();
    sink.sample(series("a"), 1, 1000, 0);
    expect(take()).toHaveLength(1);
    expect(take()).toHaveLength(0);
  });

  it("leaves out a point that was sent already, with its exemplars", () => {
    const { sink } = start();
    const a = series("a");
    sink.sample(a, 1, 1000, 0);
    sink.sample(a, 1, 1000, 0);
    sink.exemplar(a, { labels: [], value: 9, timestamp: 1 });
    const [only] = sink.takeRounds();
    expect(only?.round.sampleCount).toBe(1);
    expect(only?.round.exemplars.size).toBe(0);
  });

  it("keeps exemplars with the point that they follow", () => {
    const { sink } = start();
    const [a, b, c] = [series("a"), series("b"), series("c")];
    sink.sample(a, 1, 1000, 0);
    sink.sample(b, 1, 1000, 0);
    sink.exemplar(b, exemplar(1));
    sink.exemplar(b, exemplar(2));
    sink.histogram(c, histogram);
    sink.exemplar(c, exemplar(3));
    const [only] = sink.takeRounds();
    expect([...(only?.round.exemplars ?? [])]).toEqual([[1, [exemplar(1), exemplar(2)]]]);
    expect(only?.round.histograms[0]?.exemplars).toEqual([exemplar(3)]);
  });

  it("W1.18: moves a histogram of the same time past the one before", () => {
    const { sink } = start();
    const a = series("a");
    sink.histogram(a, histogram);
    sink.histogram(a, histogram);
    sink.histogram(a, { ...histogram, count: 4 });
    const [only] = sink.takeRounds();
    expect(only?.round.histograms.map(({ histogram: { count, timestamp } }) => [count, timestamp])).toEqual([
      [3, 1000],
      [4, 1001],
    ]);
  });

  it("W1.18: moves a histogram that differs from the one before in sum or buckets alone", () => {
    const { sink } = start();
    const a = series("a");
    for (const sum of [7, 7, 8]) sink.histogram(a, { ...histogram, sum });
    for (const zeroThreshold of [histogram.zeroThreshold, 1]) {
      sink.histogram(a, { ...histogram, sum: 8, zeroThreshold, timestamp: 1001 });
    }
    const [only] = sink.takeRounds();
    expect(only?.round.histograms.map(({ histogram: { sum, timestamp } }) => [sum, timestamp])).toEqual([
      [7, 1000],
      [8, 1001],
      [8, 1002],
    ]);
  });

  it("marks stale samples", () => {
    const { sink } = start();
    const a = series("a");
    sink.sample(a, 1, 1000, 0);
    sink.staleMarker(a, 1000);
    const [only] = sink.takeRounds();
    expect([...(only?.round.staleSamples ?? [])]).toEqual([1]);
    expect(only?.round.timestamps[1]).toBe(1001);
  });

  it("E10: tells when the clock was stepped back", () => {
    const { sink, take, steps } = start();
    const a = series("a");
    sink.sample(a, 1, 100_000, 0);
    sink.sample(a, 2, 40_000, 0);
    expect(take()).toEqual([["a=1@100000", "a=2@40000"]]);
    expect(steps).toEqual([60_000]);
  });
});
