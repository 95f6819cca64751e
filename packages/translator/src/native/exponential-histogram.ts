import type { ExponentialHistogramInput } from "../input/metrics-input.js";
import { exponentialBuckets } from "./exponential-buckets.js";
import { invalidBuckets, trueCount, type NativeResult, type NativeTimes } from "./native-result.js";
import { isCount } from "./spans.js";

const minSchema = -4;
const maxSchema = 8;
/** What the specification names where a point has none (T18). */
const defaultZeroThreshold = 1e-128;

/** An exponential histogram as a native one, at most of schema 8 (T18). */
export function exponentialToNative(
  {
    scale,
    sum,
    count: givenCount,
    zeroCount: givenZeroCount,
    zeroThreshold: threshold,
    ...sides
  }: ExponentialHistogramInput,
  { timestamp, startTimestamp, stale }: NativeTimes,
): NativeResult {
  if (typeof sum !== "number") return { reason: "missing_sum", detail: "has no sum" };
  if (!Number.isInteger(scale)) return invalidBuckets(`has the scale ${String(scale)}`);
  if (scale < minSchema) {
    return { reason: "scale_too_small", detail: `has the scale ${scale}, below the least one, ${minSchema}` };
  }
  const schema = Math.min(scale, maxSchema);
  const zeroThreshold = isThreshold(threshold) ? threshold : defaultZeroThreshold;
  const start = startTimestamp === 0 ? {} : { startTimestamp };
  if (stale) {
    const empty = { count: 0, sum: Number.NaN, schema, zeroThreshold, zeroCount: 0, ...noBuckets };
    return { histogram: { ...empty, timestamp, ...start, stale }, givenCount: undefined };
  }
  const zeroCount = givenZeroCount ?? 0;
  const positive = exponentialBuckets(sides.positive, scale - schema);
  const negative = exponentialBuckets(sides.negative, scale - schema);
  if (positive === undefined || negative === undefined || !isCount(zeroCount)) {
    return invalidBuckets("has buckets that no histogram can have");
  }
  const count = trueCount(givenCount, zeroCount + positive.total + negative.total, sum);
  if (!isCount(count)) return invalidBuckets("counts beyond 2^53");
  const buckets = {
    positiveSpans: positive.spans,
    positiveDeltas: positive.deltas,
    negativeSpans: negative.spans,
    negativeDeltas: negative.deltas,
  };
  const histogram = { count, sum, schema, zeroThreshold, zeroCount, ...buckets, timestamp, ...start };
  return { histogram, givenCount: count === givenCount ? undefined : givenCount };
}

const noBuckets = { positiveSpans: [], positiveDeltas: [], negativeSpans: [], negativeDeltas: [] };

function isThreshold(value: unknown): value is number {
  return typeof value === "number" && value > 0 && Number.isFinite(value);
}
