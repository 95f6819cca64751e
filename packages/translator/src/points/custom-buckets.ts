import type { HistogramInput } from "../input/metrics-input.js";
import { trueCount, type NativeResult } from "./exponential-histogram.js";
import type { ExplicitBuckets } from "./explicit-buckets.js";
import { createSpanBuilder, isCount } from "./spans.js";

const customBucketsSchema = -53;

/** An explicit histogram as a native one with custom buckets (T17). */
export function explicitToNative(
  point: HistogramInput,
  buckets: ExplicitBuckets,
  stale: boolean,
  timestamp: number,
  startTimestamp: number,
): NativeResult {
  const builder = createSpanBuilder();
  if (!stale) countsOf(point, buckets).forEach((count, i) => builder.add(i, count));
  const known = typeof point.sum === "number" ? point.sum : 0;
  const sum = stale ? Number.NaN : known;
  const count = stale ? 0 : trueCount(point.count, builder.total, sum);
  if (!Number.isSafeInteger(count)) {
    return { reason: "invalid_buckets", detail: "its count is beyond 2^53" };
  }
  const { spans, deltas } = builder.layout();
  return {
    histogram: {
      count,
      sum,
      schema: customBucketsSchema,
      zeroThreshold: 0,
      zeroCount: 0,
      positiveSpans: spans,
      positiveDeltas: deltas,
      negativeSpans: [],
      negativeDeltas: [],
      // A copy: the SDK goes on using its array.
      customValues: [...buckets.boundaries],
      timestamp,
      ...(startTimestamp === 0 ? {} : { startTimestamp }),
      ...(stale ? { stale } : {}),
    },
    correctedFrom: stale || count === point.count ? undefined : point.count,
  };
}

/** A point without any buckets has one of everything. */
function countsOf(point: HistogramInput, { boundaries, counts }: ExplicitBuckets): readonly number[] {
  return boundaries.length === 0 && counts.length === 0 && isCount(point.count) ? [point.count] : counts;
}
