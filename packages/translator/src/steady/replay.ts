import type { Clock } from "../input/clock.js";
import type { SeriesRecord } from "../intern/series-record.js";
import { hashLabels } from "../labels/label-set.js";
import type { DataPointInput, HistogramInput } from "../input/metrics-input.js";
import { newEntry, partsOf, type Entry, type Instrument } from "../intern/instrument.js";
import { isCount } from "../native/spans.js";
import { knownBoundaries } from "../points/explicit-buckets.js";
import { seriesOfClassic } from "../points/write-classic.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import type { WrittenBlock } from "./written-block.js";

/**
 * What the points of a metric were like when they were written as a block. The next collection's points mostly differ in
 * their values alone: then nothing else of them is read.
 *
 * It holds objects of the SDK, and so must itself be held by the metric's descriptor only: what the SDK lets go then
 * goes (DESIGN.md, Series).
 */
export interface Replay<Owned> {
  readonly instrument: Instrument<Owned>;
  readonly attributes: readonly unknown[];
  readonly startTimes: readonly unknown[];
  /** For histograms. */
  readonly histograms: HistogramShape | undefined;
  readonly written: WrittenBlock<Owned>;
}

/** What all points of a histogram have in common. */
interface HistogramShape {
  readonly boundaries: readonly number[];
  readonly hasSum: boolean;
}

/** Remembers points that were written as a block, if they can be replayed at all. */
export function createReplay<Owned>(
  instrument: Instrument<Owned>,
  points: readonly DataPointInput[],
  written: WrittenBlock<Owned>,
  options: ResolvedOptions,
): Replay<Owned> | undefined {
  const { kind } = instrument;
  const isNumber = kind === "counter" || kind === "upDownCounter" || kind === "gauge";
  const histograms = kind === "histogram" ? histogramShape(points, options) : undefined;
  if (!isNumber && histograms === undefined) return undefined;
  const seriesPerPoint =
    histograms === undefined ? 1 : seriesOfClassic(histograms.boundaries, histograms.hasSum);
  if (written.records.length !== points.length * seriesPerPoint) return undefined;
  // A start time that was left out as it lay ahead may count next time.
  const isCounted = kind === "counter" || kind === "histogram";
  if (isCounted && written.block.startTimestamps.includes(0)) {
    if (points.some(({ startTime }) => startTime !== undefined)) return undefined;
  }
  return {
    instrument,
    attributes: points.map(({ attributes }) => attributes),
    startTimes: points.map(({ startTime }) => startTime),
    histograms,
    written,
  };
}

/** Undefined where points differ, or options make more of them than classic series. */
function histogramShape(
  points: readonly DataPointInput[],
  { classicHistograms, customBuckets, minMax, quantiles }: ResolvedOptions,
): HistogramShape | undefined {
  if (!classicHistograms || customBuckets || minMax || quantiles.length > 0) return undefined;
  const first = points[0]?.value as HistogramInput | undefined;
  const boundaries = first?.buckets?.boundaries;
  if (!Array.isArray(boundaries) || boundaries.at(-1) === Number.POSITIVE_INFINITY) return undefined;
  // Repeated boundaries are one bucket.
  if (new Set(boundaries).size < boundaries.length) return undefined;
  return { boundaries, hasSum: typeof first?.sum === "number" };
}

/** What the points of a block had become, one by one; undefined where there was no block, or of another instrument. */
export function entriesOf<Owned>(
  replay: Replay<Owned> | undefined,
  instrument: Instrument<Owned>,
): Map<object, Entry<Owned>> | undefined {
  if (replay?.instrument !== instrument) return undefined;
  const entries = new Map<object, Entry<Owned>>();
  const { attributes, histograms, written } = replay;
  const { records } = written;
  const seriesPerPoint = records.length / attributes.length;
  for (const [i, each] of attributes.entries()) {
    if (typeof each !== "object" || each === null) continue;
    const series = records.slice(i * seriesPerPoint, (i + 1) * seriesPerPoint);
    const entry = histograms === undefined ? numberEntry(series) : histogramEntry(series, histograms);
    if (entry !== undefined) entries.set(each, entry);
  }
  return entries;
}

function numberEntry<Owned>([main]: readonly SeriesRecord<Owned>[]): Entry<Owned> | undefined {
  return main && { ...entryOf(main), main };
}

function histogramEntry<Owned>(
  series: readonly SeriesRecord<Owned>[],
  { boundaries, hasSum }: HistogramShape,
): Entry<Owned> | undefined {
  const sum = hasSum ? series[0] : undefined;
  const [count, ...buckets] = hasSum ? series.slice(1) : series;
  if (count === undefined) return undefined;
  const entry = entryOf(count);
  const parts = partsOf(entry);
  parts.sum = sum;
  parts.count = count;
  parts.infinity = buckets.pop();
  parts.buckets = buckets;
  parts.boundaries = knownBoundaries(boundaries);
  return entry;
}

/** Points with warnings are in no block. */
function entryOf<Owned>({ base }: SeriesRecord<Owned>): Entry<Owned> {
  return newEntry({ labels: base, hash: hashLabels(base) }, undefined, undefined);
}

/**
 * Reads the values of points that differ from the last ones in nothing else.
 *
 * @returns the time of the points; undefined where they differ, and must be looked at one by one
 */
export function replayValues<Owned>(
  { attributes, startTimes, histograms, written }: Replay<Owned>,
  points: readonly DataPointInput[],
  clock: Clock,
): number | undefined {
  if (points.length !== attributes.length) return undefined;
  const endTime = points[0]?.endTime;
  const { values } = written;
  let next = 0;
  for (let i = 0; i < points.length; i++) {
    const point = points[i];
    if (point === undefined || point.attributes !== attributes[i]) return undefined;
    if (point.endTime !== endTime || point.startTime !== startTimes[i]) return undefined;
    if (point.flags !== undefined || point.exemplars !== undefined) return undefined;
    const { value } = point;
    if (histograms === undefined) {
      if (typeof value !== "number") return undefined;
      values[next++] = value;
    } else {
      next = readHistogram(histograms, value as HistogramInput, values, next);
      if (next < 0) return undefined;
    }
  }
  const timestamp = clock.read(endTime);
  // A later start time than end time is left out, and so is a time that is none.
  return timestamp >= written.timestamp ? timestamp : undefined;
}

/** Writes the values of one histogram; returns where the next begins, or -1 where it is not of the shape. */
function readHistogram(
  { boundaries, hasSum }: HistogramShape,
  { buckets, count, sum }: HistogramInput,
  values: Float64Array,
  start: number,
): number {
  const { counts } = buckets;
  if (buckets.boundaries !== boundaries || counts.length !== boundaries.length + 1) return -1;
  if ((typeof sum === "number") !== hasSum || !isCount(count)) return -1;
  let next = start;
  if (typeof sum === "number") values[next++] = sum;
  values[next++] = count;
  let cumulative = 0;
  for (let i = 0; i < boundaries.length; i++) {
    const each = counts[i];
    if (!isCount(each)) return -1;
    cumulative += each;
    values[next++] = cumulative;
  }
  if (!isCount(counts[boundaries.length])) return -1;
  values[next++] = count;
  return next;
}
