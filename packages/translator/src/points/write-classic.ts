import type { Exemplar } from "@otel-remote-write/prompb";
import { live, partsOf, type Entry } from "../intern/instrument.js";
import type { SeriesRecord } from "../intern/series-record.js";
import type { InternedLabel } from "../labels/label-interner.js";
import { withoutLabel } from "../labels/label-set.js";
import type { HistogramInput } from "../input/metrics-input.js";
import { equalNumbers } from "../native/equal-histograms.js";
import { isCount } from "../native/spans.js";
import { bucketOf } from "./exemplars.js";
import type { ExplicitBuckets } from "./explicit-buckets.js";
import {
  seriesOf,
  warnOfCount,
  writeCounted,
  writeExemplars,
  type PointContext,
  type Writing,
} from "./writing.js";

/** Sum, count, and cumulative buckets in ascending order, closed by `+Inf`, which equals the count (T15, TR13). */
export function writeClassic<Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  { sum, count: givenCount }: HistogramInput,
  { boundaries, counts }: ExplicitBuckets,
  exemplars: readonly Exemplar[] | undefined,
): void {
  const name = writing.metadata.familyName;
  const { entry, stale } = context;
  const parts = partsOf(entry);
  if (live(parts.count) === undefined)
    writing.sink.group?.(seriesOfClassic(boundaries, typeof sum === "number"));
  if (typeof sum === "number" || (stale && live(parts.sum) !== undefined)) {
    parts.sum = live(parts.sum) ?? seriesOf(writing, entry.base, `${name}_sum`);
    writeCounted(writing, context, parts.sum, sum ?? 0);
  }
  const count = isCount(givenCount) ? givenCount : counts.reduce((total, each) => total + each, 0);
  if (!stale && count !== givenCount) warnOfCount(writing, givenCount, count);
  parts.count = live(parts.count) ?? seriesOf(writing, entry.base, `${name}_count`);
  writeCounted(writing, context, parts.count, count);

  const buckets = prepareBuckets(writing, entry, boundaries);
  const finite = stale ? boundaries.length : Math.min(boundaries.length, counts.length);
  const groups = exemplars && groupByBucket(exemplars, boundaries, finite);
  let cumulative = 0;
  for (let i = 0; i < finite; i++) {
    const bucket = buckets[i];
    if (bucket === undefined) break;
    cumulative += counts[i] ?? 0;
    const series = writeCounted(writing, context, bucket, cumulative);
    if (groups !== undefined) writeExemplars(writing, series, groups.get(i));
  }
  // DESIGN.md: with `minMax`, a histogram without boundaries is exactly min, max, sum and count.
  if (boundaries.length === 0 && writing.options.minMax) return;
  parts.infinity = live(parts.infinity) ?? bucketSeries(writing, entry, writing.interner.label("le", "+Inf"));
  const series = writeCounted(writing, context, parts.infinity, count);
  if (groups !== undefined) writeExemplars(writing, series, groups.get(finite));
}

/** Sum, count, buckets, `+Inf`. */
export function seriesOfClassic(boundaries: readonly number[], hasSum: boolean): number {
  return (hasSum ? 1 : 0) + 1 + boundaries.length + 1;
}

/** The series of the buckets are made once, and again only when the boundaries change or they have left the table. */
function prepareBuckets<Owned>(
  writing: Writing<Owned>,
  entry: Entry<Owned>,
  boundaries: readonly number[],
): readonly SeriesRecord<Owned>[] {
  const parts = partsOf(entry);
  const areSame = parts.boundaries === boundaries || equalNumbers(parts.boundaries, boundaries);
  if (!areSame || parts.buckets.some((bucket) => live(bucket) === undefined)) {
    parts.buckets = boundLabels(writing, boundaries).map((label) => bucketSeries(writing, entry, label));
  }
  return parts.buckets;
}

/** The series of a bucket. Its `le` replaces an attribute of that name. */
function bucketSeries<Owned>(
  writing: Writing<Owned>,
  { base }: Entry<Owned>,
  le: InternedLabel,
): SeriesRecord<Owned> {
  return seriesOf(writing, withoutLabel(base, "le"), `${writing.metadata.familyName}_bucket`, le);
}

/** Mostly all points of an instrument have the same boundaries. */
function boundLabels<Owned>(
  { instrument, interner, options }: Writing<Owned>,
  boundaries: readonly number[],
): readonly InternedLabel[] {
  if (instrument.bounds.boundaries !== boundaries) {
    const labels = boundaries.map((bound) => interner.label("le", options.floatText(bound)));
    instrument.bounds = { boundaries, labels };
  }
  return instrument.bounds.labels;
}

/** Exemplars by the position of their bucket, the last one being `+Inf`. */
function groupByBucket(
  exemplars: readonly Exemplar[],
  boundaries: readonly number[],
  infinity: number,
): Map<number, Exemplar[]> {
  const groups = new Map<number, Exemplar[]>();
  for (const exemplar of exemplars) {
    const position = Math.min(bucketOf(exemplar.value, boundaries), infinity);
    const group = groups.get(position);
    if (group === undefined) groups.set(position, [exemplar]);
    else group.push(exemplar);
  }
  return groups;
}
