import type { Exemplar, NativeHistogram, Round, RoundHistogram, Series } from "@otel-remote-write/prompb";

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

/** What of a Round the next one of the same batch mostly has in common with it. */
export type RoundShape = Pick<Round, "sampleCount" | "series" | "startTimestamps">;

export const emptyShape: RoundShape = { sampleCount: 0, series: [], startTimestamps: new Float64Array(0) };

const smallestCapacity = 16;

/**
 * @param previous The batch's Round before. In steady state the next one has the same series with the same start
 * timestamps, and then shares the arrays that say so: the encoder sees by that what has not changed.
 */
export function createRoundBuilder(previous: RoundShape): RoundBuilder {
  const { series: previousSeries, startTimestamps: previousStarts } = previous;
  const capacity = Math.max(previous.sampleCount, smallestCapacity);
  let sampleCount = 0;
  let values = new Float64Array(capacity);
  let timestamps = new Float64Array(capacity);
  /** Undefined as long as the Round before says the same. */
  let series: Series[] | undefined;
  let starts: Float64Array | undefined;
  const staleSamples = new Set<number>();
  const exemplars = new Map<number, Exemplar[]>();
  const histograms: (RoundHistogram & { readonly exemplars: Exemplar[] })[] = [];
  let lastIsHistogram = false;

  function addSample(of: Series, value: number, timestamp: number, startTimestamp: number): void {
    const index = sampleCount++;
    if (index === values.length) {
      values = enlarged(values);
      timestamps = enlarged(timestamps);
    }
    values[index] = value;
    timestamps[index] = timestamp;
    if (series !== undefined) {
      series.push(of);
    } else if (previousSeries[index] !== of) {
      series = previousSeries.slice(0, index);
      series.push(of);
    }
    if (starts !== undefined || previousStarts[index] !== startTimestamp) {
      starts ??= copied(previousStarts, index, capacity);
      if (index >= starts.length) starts = enlarged(starts);
      starts[index] = startTimestamp;
    }
    lastIsHistogram = false;
  }

  function exemplarsOfLast(): Exemplar[] | undefined {
    if (lastIsHistogram) return histograms.at(-1)?.exemplars;
    const known = exemplars.get(sampleCount - 1) ?? [];
    exemplars.set(sampleCount - 1, known);
    return known;
  }

  return {
    addSample,
    addStaleMarker(of, timestamp) {
      staleSamples.add(sampleCount);
      // Its start does not matter: repeating the one before keeps the array shared.
      addSample(of, NaN, timestamp, previousStarts[sampleCount] ?? 0);
    },
    addHistogram(of, histogram) {
      histograms.push({ series: of, histogram, exemplars: [] });
      lastIsHistogram = true;
    },
    addExemplar(exemplar) {
      exemplarsOfLast()?.push(exemplar);
    },
    finish: () => ({
      sampleCount,
      series:
        series ??
        (previousSeries.length === sampleCount ? previousSeries : previousSeries.slice(0, sampleCount)),
      values,
      timestamps,
      startTimestamps: starts ?? previousStarts,
      staleSamples,
      exemplars,
      histograms,
    }),
  };
}

function copied(numbers: Float64Array, length: number, capacity: number): Float64Array {
  const copy = new Float64Array(Math.max(capacity, length + 1));
  copy.set(numbers.subarray(0, length));
  return copy;
}

function enlarged(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
