import type { HistogramInput } from "../input/metrics-input.js";
import type { ExplicitBuckets } from "../points/explicit-buckets.js";
import { invalidBuckets, trueCount, type NativeResult, type NativeTimes } from "./native-result.js";
import { createSpanBuilder, isCount } from "./spans.js";

/** Restated from the data model, whose types are all that is imported of it. */
const customBucketsSchema = -53;

/** An explicit histogram as a native one with custom buckets (T17). */
export function explicitToNative(
  { count: givenCount, sum: givenSum }: HistogramInput,
  { boundaries, counts }: ExplicitBuckets,
  { timestamp, startTimestamp, stale }: NativeTimes,
): NativeResult {
  const builder = createSpanBuilder();
  if (!stale) {
    // A point without any buckets has one of everything.
    const isBare = boundaries.length === 0 && counts.length === 0 && isCount(givenCount);
    (isBare ? [givenCount] : counts).forEach((count, i) => builder.add(i, count));
  }
  const { spans, deltas, total } = builder.layout();
  const knownSum = typeof givenSum === "number" ? givenSum : 0;
  const sum = stale ? Number.NaN : knownSum;
  const count = stale ? 0 : trueCount(givenCount, total, sum);
  if (!isCount(count)) return invalidBuckets("counts beyond 2^53");
  const histogram = {
    count,
    sum,
    schema: customBucketsSchema,
    zeroThreshold: 0,
    zeroCount: 0,
    positiveSpans: spans,
    positiveDeltas: deltas,
    negativeSpans: [],
    negativeDeltas: [],
    customValues: boundaries,
    timestamp,
    ...(startTimestamp === 0 ? {} : { startTimestamp }),
    ...(stale ? { stale } : {}),
  };
  return { histogram, givenCount: stale || count === givenCount ? undefined : givenCount };
}
