import type { NativeHistogram } from "@otel-remote-write/prompb";
import type { ExponentialHistogramInput } from "../input/metrics-input.js";
import type { DropReason } from "../report.js";
import { exponentialBuckets } from "./exponential-buckets.js";
import { isCount } from "./spans.js";

const minSchema = -4;
const maxSchema = 8;
/** What the specification names where a point has none (T18). */
const defaultZeroThreshold = 1e-128;

/** A native histogram, or why there is none. */
export type NativeResult =
  | { readonly histogram: NativeHistogram; readonly correctedFrom: number | undefined }
  | { readonly reason: DropReason; readonly detail: string };

/** An exponential histogram as a native one, at most of schema 8 (T18). */
export function exponentialToNative(
  point: ExponentialHistogramInput,
  stale: boolean,
  timestamp: number,
  startTimestamp: number,
): NativeResult {
  const { scale, sum } = point;
  if (typeof sum !== "number") {
    return { reason: "missing_sum", detail: "an exponential histogram without a sum cannot be sent" };
  }
  if (!Number.isInteger(scale)) return invalid(`its scale is ${String(scale)}`);
  if (scale < minSchema) {
    return {
      reason: "scale_too_small",
      detail: `its scale is ${scale}, the smallest possible one is ${minSchema}`,
    };
  }
  const schema = Math.min(scale, maxSchema);
  const start = startTimestamp === 0 ? {} : { startTimestamp };
  const zeroThreshold = thresholdOf(point);
  if (stale) {
    const histogram = {
      ...emptyBuckets,
      count: 0,
      sum: Number.NaN,
      schema,
      zeroThreshold,
      zeroCount: 0,
      timestamp,
    };
    return { histogram: { ...histogram, ...start, stale: true }, correctedFrom: undefined };
  }
  const zeroCount = point.zeroCount ?? 0;
  if (!isCount(zeroCount)) return invalid(`its zero count is ${String(zeroCount)}`);
  const positive = exponentialBuckets(
    point.positive?.offset ?? 0,
    point.positive?.bucketCounts ?? [],
    scale - schema,
  );
  const negative = exponentialBuckets(
    point.negative?.offset ?? 0,
    point.negative?.bucketCounts ?? [],
    scale - schema,
  );
  if (positive === undefined || negative === undefined) return invalid("its buckets are not countable");
  const counted = zeroCount + positive.total + negative.total;
  const count = trueCount(point.count, counted, sum);
  if (!Number.isSafeInteger(count)) return invalid("its count is beyond 2^53");
  const { spans: positiveSpans, deltas: positiveDeltas } = positive.layout();
  const { spans: negativeSpans, deltas: negativeDeltas } = negative.layout();
  const buckets = { positiveSpans, positiveDeltas, negativeSpans, negativeDeltas };
  return {
    histogram: { count, sum, schema, zeroThreshold, zeroCount, ...buckets, timestamp, ...start },
    correctedFrom: count === point.count ? undefined : point.count,
  };
}

const emptyBuckets = { positiveSpans: [], positiveDeltas: [], negativeSpans: [], negativeDeltas: [] };

/**
 * The count that receivers accept: that of all buckets (TR17). With a NaN sum there may be more, since observations of
 * NaN are in no bucket.
 */
export function trueCount(count: number, counted: number, sum: number): number {
  return Number.isNaN(sum) && isCount(count) && count >= counted ? count : counted;
}

function thresholdOf(point: ExponentialHistogramInput): number {
  const threshold = point.zeroThreshold;
  if (typeof threshold !== "number" || !(threshold > 0) || threshold === Number.POSITIVE_INFINITY) {
    return defaultZeroThreshold;
  }
  return threshold;
}

function invalid(detail: string): NativeResult {
  return { reason: "invalid_buckets", detail };
}
