import type {
  ExponentialBucketsInput,
  ExponentialHistogramInput,
  HistogramInput,
} from "../input/metrics-input.js";
import type { ExplicitBuckets } from "./explicit-buckets.js";

/** A bucket as an estimate needs it. Within it, observations are taken to be spread evenly, or evenly in logarithms. */
interface Bucket {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  readonly logarithmic: boolean;
}

/**
 * A quantile of an explicit histogram, estimated as `histogram_quantile()` does it, only that the least and the
 * greatest value are used where they are known. Undefined: nothing can be said.
 */
export function explicitQuantile(
  quantile: number,
  point: HistogramInput,
  { boundaries, counts }: ExplicitBuckets,
): number | undefined {
  const buckets = counts.map((count, i): Bucket => {
    const upper = boundaries[i] ?? point.max ?? boundaries.at(-1) ?? Number.NaN;
    const lower = i === 0 ? lowest(upper, point.min, boundaries.length) : (boundaries[i - 1] ?? Number.NaN);
    return { lower: Math.min(lower, upper), upper, count, logarithmic: false };
  });
  return clamp(interpolate(quantile, buckets), point);
}

/** A quantile of an exponential histogram, estimated at the resolution that it was recorded with. */
export function exponentialQuantile(quantile: number, point: ExponentialHistogramInput): number | undefined {
  const zero = point.zeroThreshold ?? 0;
  const negative = exponentialBuckets(point.negative, point.scale).map(
    ({ lower, upper, count, logarithmic }) => {
      return { lower: -upper, upper: -lower, count, logarithmic };
    },
  );
  const zeroBucket = { lower: -zero, upper: zero, count: point.zeroCount ?? 0, logarithmic: false };
  const positive = exponentialBuckets(point.positive, point.scale);
  return clamp(interpolate(quantile, [...negative.toReversed(), zeroBucket, ...positive]), point);
}

function exponentialBuckets(side: ExponentialBucketsInput | undefined, scale: number): Bucket[] {
  const buckets = side?.bucketCounts ?? [];
  return buckets.map((count, i) => {
    const index = (side?.offset ?? 0) + i;
    return { lower: bound(index, scale), upper: bound(index + 1, scale), count, logarithmic: true };
  });
}

function bound(index: number, scale: number): number {
  return 2 ** (index * 2 ** -scale);
}

function interpolate(quantile: number, buckets: readonly Bucket[]): number | undefined {
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const rank = quantile * total;
  let before = 0;
  for (const { lower, upper, count, logarithmic } of buckets) {
    if (count > 0 && before + count >= rank) {
      const fraction = (rank - before) / count;
      if (logarithmic) return lower * (upper / lower) ** fraction;
      return lower + (upper - lower) * fraction;
    }
    before += count;
  }
  return undefined;
}

/** The lower end of the first bucket, which has none: the least value, otherwise 0 where that is below the upper end. */
function lowest(upper: number, min: number | undefined, bounds: number): number {
  if (typeof min === "number") return min;
  if (bounds === 0) return Number.NaN;
  return upper > 0 ? 0 : upper;
}

function clamp(
  value: number | undefined,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
): number | undefined {
  if (value === undefined || Number.isNaN(value)) return undefined;
  return Math.min(Math.max(value, min ?? value), max ?? value);
}
