import type {
  Exemplar,
  NativeHistogram,
  Round,
  RoundHistogram,
  Series,
  SeriesBlock,
} from "@otel-remote-write/prompb";
import type { BatchRun } from "./batch.js";

/** What of a Round the next one of the same batch mostly has in common with it. */
export type RoundShape = Pick<Round, "sampleCount" | "series" | "startTimestamps">;

export const emptyShape: RoundShape = { sampleCount: 0, series: [], startTimestamps: new Float64Array(0) };

/**
 * A Round that is being filled. Points of one series are added in the order of their timestamps (W1.18). It is a plain
 * record with functions beside it, as the functions run for every sample of every export.
 */
export interface RoundBuilder {
  sampleCount: number;
  values: Float64Array;
  timestamps: Float64Array;
  /** Of the Round before. As long as series and start timestamps are the same, its arrays are shared. */
  readonly previous: RoundShape;
  /** Undefined as long as the Round before has the same. */
  series: Series[] | undefined;
  startTimestamps: Float64Array | undefined;
  readonly staleSamples: Set<number>;
  readonly exemplars: Map<number, Exemplar[]>;
  readonly histograms: (RoundHistogram & { readonly exemplars: Exemplar[] })[];
  /** Whether the point that was added last is a histogram. */
  lastIsHistogram: boolean;
}

/** Where a Round has its samples' values and times. */
export type RoundNumbers = Pick<Round, "values" | "timestamps">;

const smallestCapacity = 16;

/**
 * @param previous The batch's Round before. In steady state the next one has the same series with the same start
 * timestamps, and then shares the arrays that say so: the encoder sees by that what has not changed.
 * @param spare is written over where it is of about the right size
 */
export function createRoundBuilder(previous: RoundShape, spare?: RoundNumbers): RoundBuilder {
  const capacity = Math.max(previous.sampleCount, smallestCapacity);
  // Arrays double as they grow. What is larger than that was a batch's that has been split since.
  const isRight =
    spare !== undefined && spare.values.length >= capacity && spare.values.length <= 2 * capacity;
  return {
    sampleCount: 0,
    values: isRight ? spare.values : new Float64Array(capacity),
    timestamps: isRight ? spare.timestamps : new Float64Array(capacity),
    previous,
    series: undefined,
    startTimestamps: undefined,
    staleSamples: new Set(),
    exemplars: new Map(),
    histograms: [],
    lastIsHistogram: false,
  };
}

export function addSample(
  builder: RoundBuilder,
  series: Series,
  value: number,
  timestamp: number,
  startTimestamp: number,
): void {
  const index = builder.sampleCount++;
  if (index === builder.values.length) grow(builder);
  builder.values[index] = value;
  builder.timestamps[index] = timestamp;
  builder.lastIsHistogram = false;
  const { previous } = builder;
  if (builder.series !== undefined || previous.series[index] !== series) setSeries(builder, index, series);
  if (builder.startTimestamps !== undefined || previous.startTimestamps[index] !== startTimestamp) {
    setStartTimestamp(builder, index, startTimestamp);
  }
}

/** A value of each series of a block's run. */
export function addRun(
  builder: RoundBuilder,
  { series, startTimestamps }: SeriesBlock,
  run: BatchRun,
  values: Float64Array,
  timestamp: number,
): void {
  const { from, to, place } = run;
  const { previous } = builder;
  const index = builder.sampleCount;
  builder.sampleCount += to - from;
  while (builder.sampleCount > builder.values.length) grow(builder);
  builder.values.set(values.subarray(from, to), index);
  builder.timestamps.fill(timestamp, index, builder.sampleCount);
  builder.lastIsHistogram = false;
  if (isPrevious(builder) && place?.index === index && hasSameArrays(place.shape, previous)) return;
  for (let i = from, at = index; i < to; i++, at++) {
    const each = series[i] as Series;
    const start = startTimestamps[i] as number;
    if (builder.series !== undefined || previous.series[at] !== each) setSeries(builder, at, each);
    if (builder.startTimestamps !== undefined || previous.startTimestamps[at] !== start) {
      setStartTimestamp(builder, at, start);
    }
  }
  run.place = isPrevious(builder) ? { shape: previous, index } : undefined;
}

/** Whether the Round is so far as the one before. */
function isPrevious(builder: RoundBuilder): boolean {
  return builder.series === undefined && builder.startTimestamps === undefined;
}

function hasSameArrays(a: RoundShape, b: RoundShape): boolean {
  return a.series === b.series && a.startTimestamps === b.startTimestamps;
}

export function addStaleMarker(builder: RoundBuilder, series: Series, timestamp: number): void {
  builder.staleSamples.add(builder.sampleCount);
  addSample(builder, series, NaN, timestamp, 0);
}

export function addHistogram(builder: RoundBuilder, series: Series, histogram: NativeHistogram): void {
  builder.histograms.push({ series, histogram, exemplars: [] });
  builder.lastIsHistogram = true;
}

/** Adds an exemplar to the point that was added last. */
export function addExemplar(builder: RoundBuilder, exemplar: Exemplar): void {
  if (builder.lastIsHistogram) {
    builder.histograms.at(-1)?.exemplars.push(exemplar);
    return;
  }
  const index = builder.sampleCount - 1;
  const known = builder.exemplars.get(index);
  if (known === undefined) builder.exemplars.set(index, [exemplar]);
  else known.push(exemplar);
}

/** The Round, which takes the builder's arrays: nothing may be added after this. */
export function finishRound(builder: RoundBuilder): Round {
  const { sampleCount, values, timestamps, previous, staleSamples, exemplars, histograms } = builder;
  const isWhole = sampleCount === previous.series.length;
  return {
    sampleCount,
    series: builder.series ?? (isWhole ? previous.series : previous.series.slice(0, sampleCount)),
    values,
    timestamps,
    startTimestamps: builder.startTimestamps ?? previous.startTimestamps,
    staleSamples,
    exemplars,
    histograms,
  };
}

function setSeries(builder: RoundBuilder, index: number, series: Series): void {
  builder.series ??= builder.previous.series.slice(0, index);
  builder.series.push(series);
}

function setStartTimestamp(builder: RoundBuilder, index: number, startTimestamp: number): void {
  if (builder.startTimestamps === undefined) {
    builder.startTimestamps = new Float64Array(builder.values.length);
    builder.startTimestamps.set(builder.previous.startTimestamps.subarray(0, index));
  }
  builder.startTimestamps[index] = startTimestamp;
}

function grow(builder: RoundBuilder): void {
  builder.values = enlarged(builder.values);
  builder.timestamps = enlarged(builder.timestamps);
  if (builder.startTimestamps !== undefined) builder.startTimestamps = enlarged(builder.startTimestamps);
}

function enlarged(numbers: Float64Array): Float64Array {
  const larger = new Float64Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
