import type { NativeHistogram } from "@otel-remote-write/prompb";
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
  value: ExponentialHistogramInput,
  { timestamp, startTimestamp, stale }: NativeTimes,
): NativeResult {
  const { scale, sum, count: givenCount, zeroCount: givenZeroCount, zeroThreshold: threshold } = value;
  if (typeof sum !== "number") return { reason: "missing_sum", detail: "has no sum" };
  if (!Number.isInteger(scale)) return invalidBuckets(`has the scale ${String(scale)}`);
  if (scale < minSchema) {
    return { reason: "scale_too_small", detail: `has the scale ${scale}, below the least one, ${minSchema}` };
  }
  const schema = Math.min(scale, maxSchema);
  const zeroThreshold = isThreshold(threshold) ? threshold : defaultZeroThreshold;
  if (stale) {
    const start = startTimestamp === 0 ? {} : { startTimestamp };
    const empty = { count: 0, sum: Number.NaN, schema, zeroThreshold, zeroCount: 0, ...noBuckets };
    return { histogram: { ...empty, timestamp, ...start, stale }, givenCount: undefined };
  }
  const zeroCount = givenZeroCount ?? 0;
  const positive = exponentialBuckets(value.positive, scale - schema);
  const negative = exponentialBuckets(value.negative, scale - schema);
  if (positive === undefined || negative === undefined || !isCount(zeroCount)) {
    return invalidBuckets("has buckets that no histogram can have");
  }
  const count = trueCount(givenCount, zeroCount + positive.total + negative.total, sum);
  if (!isCount(count)) return invalidBuckets("counts beyond 2^53");
  const histogram: Mutable<NativeHistogram> = {
    count,
    sum,
    schema,
    zeroThreshold,
    zeroCount,
    positiveSpans: positive.spans,
    positiveDeltas: positive.deltas,
    negativeSpans: negative.spans,
    negativeDeltas: negative.deltas,
    timestamp,
  };
  if (startTimestamp !== 0) histogram.startTimestamp = startTimestamp;
  return { histogram, givenCount: count === givenCount ? undefined : givenCount };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const noBuckets = { positiveSpans: [], positiveDeltas: [], negativeSpans: [], negativeDeltas: [] };

function isThreshold(value: unknown): value is number {
  return typeof value === "number" && value > 0 && Number.isFinite(value);
}
