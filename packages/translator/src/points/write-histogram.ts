import type { Exemplar } from "@otel-remote-write/prompb";
import type { HistogramInput } from "../input/metrics-input.js";
import type { Entry } from "../intern/instrument.js";
import type { Metadata } from "@otel-remote-write/prompb";
import { explicitToNative } from "./custom-buckets.js";
import { equalNumbers } from "./equal-histograms.js";
import { bucketOf, pointExemplars } from "./exemplars.js";
import { explicitBuckets, type ExplicitBuckets } from "./explicit-buckets.js";
import {
  isStale,
  seriesOf,
  writeExemplars,
  writeNumber,
  type PointWriter,
  type Writing,
} from "./point-writer.js";
import { explicitQuantile } from "./quantile.js";
import { isCount } from "./spans.js";
import { writeMinMax, writeQuantiles } from "./write-estimates.js";
import { accept } from "./write-native.js";

/** An explicit histogram: classic series, a native histogram with custom buckets, or both; and what options add. */
export const writeHistogramPoint: PointWriter<unknown> = (
  writing,
  instrument,
  metadata,
  entry,
  point,
  timestamp,
  startTimestamp,
) => {
  const { options, report, emitter } = writing;
  const stale = isStale(point);
  const value = (point.value ?? {}) as HistogramInput;
  const given = explicitBuckets(value);
  if (given === undefined) {
    report.drop(
      instrument.name,
      "invalid_buckets",
      "a point is dropped: its bounds do not ascend, or a count is none",
    );
    return;
  }
  const buckets =
    stale && given.boundaries.length === 0 ? { boundaries: entry.boundaries, counts: [] } : given;
  const exemplars = point.exemplars === undefined ? [] : pointExemplars(point, options.labelName);
  if (options.classicHistograms) {
    writeClassic(writing, metadata, entry, value, buckets, stale, timestamp, startTimestamp, exemplars);
  }
  if (options.customBuckets) {
    const histogram = accept(
      writing,
      instrument,
      explicitToNative(value, buckets, stale, timestamp, startTimestamp),
    );
    if (histogram !== undefined) {
      entry.main ??= seriesOf(writing, entry, metadata, metadata.familyName);
      writeExemplars(writing, emitter.histogram(entry.main, histogram), exemplars);
    }
  }
  writeMinMax(writing, instrument, entry, value, stale, timestamp);
  writeQuantiles(writing, metadata, entry, stale, timestamp, (quantile) =>
    explicitQuantile(quantile, value, buckets),
  );
};

/** Sum, count, and cumulative buckets in ascending order, closed by `+Inf`, which equals the count (T15, TR13). */
function writeClassic<Owned>(
  writing: Writing<Owned>,
  metadata: Metadata,
  entry: Entry<Owned>,
  value: HistogramInput,
  { boundaries, counts }: ExplicitBuckets,
  stale: boolean,
  timestamp: number,
  startTimestamp: number,
  exemplars: readonly Exemplar[],
): void {
  const name = metadata.familyName;
  const { sum } = value;
  if (typeof sum === "number" || (stale && entry.sum !== undefined)) {
    entry.sum ??= seriesOf(writing, entry, metadata, `${name}_sum`);
    writeNumber(writing, entry.sum, stale, sum ?? 0, timestamp, startTimestamp);
  }
  const count = isCount(value.count) ? value.count : counts.reduce((total, each) => total + each, 0);
  entry.count ??= seriesOf(writing, entry, metadata, `${name}_count`);
  writeNumber(writing, entry.count, stale, count, timestamp, startTimestamp);

  prepareBuckets(writing, metadata, entry, boundaries);
  const byBucket = groupByBucket(exemplars, boundaries);
  const shown = stale ? boundaries.length : Math.min(boundaries.length, counts.length);
  let cumulative = 0;
  for (let i = 0; i < shown; i++) {
    const bucket = entry.buckets[i];
    if (bucket === undefined) break;
    cumulative += counts[i] ?? 0;
    const series = writeNumber(writing, bucket, stale, cumulative, timestamp, startTimestamp);
    if (byBucket !== undefined) writeExemplars(writing, series, byBucket.get(i));
  }
  if (boundaries.length === 0 && writing.options.minMax) return;
  entry.infinity ??= seriesOf(writing, entry, metadata, `${name}_bucket`, "le", "+Inf");
  const series = writeNumber(writing, entry.infinity, stale, count, timestamp, startTimestamp);
  if (byBucket !== undefined) writeExemplars(writing, series, byBucket.get(boundaries.length));
}

/** The series of the buckets are made once, and again only when the boundaries change. */
function prepareBuckets<Owned>(
  writing: Writing<Owned>,
  metadata: Metadata,
  entry: Entry<Owned>,
  boundaries: readonly number[],
): void {
  if (entry.boundaries === boundaries) return;
  if (!equalNumbers(entry.boundaries, boundaries)) {
    const name = `${metadata.familyName}_bucket`;
    entry.buckets = boundaries.map((bound) => {
      return seriesOf(writing, entry, metadata, name, "le", writing.options.floatText(bound));
    });
  }
  entry.boundaries = boundaries;
}

function groupByBucket(
  exemplars: readonly Exemplar[],
  boundaries: readonly number[],
): Map<number, Exemplar[]> | undefined {
  if (exemplars.length === 0) return undefined;
  const groups = new Map<number, Exemplar[]>();
  for (const exemplar of exemplars) {
    const position = bucketOf(exemplar.value, boundaries);
    const group = groups.get(position);
    if (group === undefined) groups.set(position, [exemplar]);
    else group.push(exemplar);
  }
  return groups;
}
