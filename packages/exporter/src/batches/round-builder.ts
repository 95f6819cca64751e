import type { Exemplar, NativeHistogram, Round, Series } from "@otel-remote-write/prompb";

/** A Round that is being filled. Points of one series are added in the order of their timestamps (W1.18). */
export interface RoundBuilder {
  addSample(series: Series, value: number, timestamp: number, startTimestamp: number): void;
  addStaleMarker(series: Series, timestamp: number): void;
  addHistogram(series: Series, histogram: NativeHistogram): void;
  /** Adds an exemplar to the point that was added last. */
  addExemplar(exemplar: Exemplar): void;
  /** The Round, which takes the builder's arrays: nothing may be added after this. */
  finish(): Round;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** `expectedSamples` is a hint, such as the size of the batch's Round before. */
export function createRoundBuilder(expectedSamples: number): RoundBuilder {
  let capacity = Math.max(expectedSamples, 16);
  const series: Series[] = [];
  const staleSamples = new Set<number>();
  const sampleExemplars = new Map<number, Exemplar[]>();
  const histograms: { series: Series; histogram: NativeHistogram; exemplars: Exemplar[] }[] = [];
  const round: Mutable<Round> = {
    sampleCount: 0,
    series,
    values: new Float64Array(capacity),
    timestamps: new Float64Array(capacity),
    startTimestamps: new Float64Array(capacity),
    staleSamples,
    exemplars: sampleExemplars,
    histograms,
  };
  let exemplarsOfLast: Exemplar[] | undefined;
  let lastIsHistogram = false;

  function grow(): void {
    capacity *= 2;
    round.values = enlarged(round.values, capacity);
    round.timestamps = enlarged(round.timestamps, capacity);
    round.startTimestamps = enlarged(round.startTimestamps, capacity);
  }

  function addSample(of: Series, value: number, timestamp: number, startTimestamp: number): void {
    const index = round.sampleCount;
    if (index === capacity) grow();
    series.push(of);
    round.values[index] = value;
    round.timestamps[index] = timestamp;
    round.startTimestamps[index] = startTimestamp;
    round.sampleCount = index + 1;
    lastIsHistogram = false;
  }

  return {
    addSample,
    addStaleMarker(of, timestamp) {
      staleSamples.add(round.sampleCount);
      addSample(of, NaN, timestamp, 0);
    },
    addHistogram(of, histogram) {
      exemplarsOfLast = [];
      histograms.push({ series: of, histogram, exemplars: exemplarsOfLast });
      lastIsHistogram = true;
    },
    addExemplar(exemplar) {
      if (!lastIsHistogram) exemplarsOfLast = exemplarsOf(sampleExemplars, round.sampleCount - 1);
      exemplarsOfLast?.push(exemplar);
    },
    finish: () => round,
  };
}

function enlarged(numbers: Float64Array, length: number): Float64Array {
  const larger = new Float64Array(length);
  larger.set(numbers);
  return larger;
}

function exemplarsOf(exemplars: Map<number, Exemplar[]>, index: number): Exemplar[] {
  const known = exemplars.get(index);
  if (known !== undefined) return known;
  const added: Exemplar[] = [];
  exemplars.set(index, added);
  return added;
}
