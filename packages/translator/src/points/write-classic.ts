import type { Exemplar } from "@otel-remote-write/prompb";
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
  if (entry.count === undefined) writing.sink.group?.(seriesOfClassic(boundaries, typeof sum === "number"));
  if (typeof sum === "number" || (stale && entry.sum !== undefined)) {
    entry.sum ??= seriesOf(writing, entry, `${name}_sum`);
    writeCounted(writing, context, entry.sum, sum ?? 0);
  }
  const count = isCount(givenCount) ? givenCount : counts.reduce((total, each) => total + each, 0);
  if (!stale && count !== givenCount) warnOfCount(writing, givenCount, count);
  entry.count ??= seriesOf(writing, entry, `${name}_count`);
  writeCounted(writing, context, entry.count, count);

  prepareBuckets(writing, context, boundaries);
  const finite = stale ? boundaries.length : Math.min(boundaries.length, counts.length);
  const groups = exemplars && groupByBucket(exemplars, boundaries, finite);
  let cumulative = 0;
  for (let i = 0; i < finite; i++) {
    const bucket = entry.buckets[i];
    if (bucket === undefined) break;
    cumulative += counts[i] ?? 0;
    const series = writeCounted(writing, context, bucket, cumulative);
    if (groups !== undefined) writeExemplars(writing, series, groups.get(i));
  }
  // DESIGN.md: with `minMax`, a histogram without boundaries is exactly min, max, sum and count.
  if (boundaries.length === 0 && writing.options.minMax) return;
  entry.infinity ??= seriesOf(writing, entry, `${name}_bucket`, "le", "+Inf");
  const series = writeCounted(writing, context, entry.infinity, count);
  if (groups !== undefined) writeExemplars(writing, series, groups.get(finite));
}

/** Sum, count, buckets, `+Inf`. */
export function seriesOfClassic(boundaries: readonly number[], hasSum: boolean): number {
  return (hasSum ? 1 : 0) + 1 + boundaries.length + 1;
}

/** The series of the buckets are made once, and again only when the boundaries change. */
function prepareBuckets<Owned>(
  writing: Writing<Owned>,
  { entry }: PointContext<Owned>,
  boundaries: readonly number[],
): void {
  if (entry.boundaries === boundaries || equalNumbers(entry.boundaries, boundaries)) return;
  const name = `${writing.metadata.familyName}_bucket`;
  entry.buckets = boundaries.map((bound) => {
    return seriesOf(writing, entry, name, "le", writing.options.floatText(bound));
  });
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
