/** A run of consecutive buckets. */
export interface BucketSpan {
  /** First span: the index of its first bucket. Later ones: the number of empty buckets since the span before. */
  readonly offset: number;
  /** The number of buckets, at least 1. */
  readonly length: number;
}

/** The schema of histograms with custom bounds. */
export const customBucketsSchema = -53;

/** A native histogram of the integer counter flavour, at one time. */
export interface NativeHistogram {
  /** An integer: zero bucket and all others together, unless `sum` is NaN. */
  readonly count: number;
  readonly sum: number;
  /** -4 to 8: bucket bounds are powers of 2^(2^-schema); -53: they are `customValues`. */
  readonly schema: number;
  /** The zero bucket holds what is at most this far from 0. */
  readonly zeroThreshold: number;
  readonly zeroCount: number;
  readonly positiveSpans: readonly BucketSpan[];
  /** The first bucket's count, then each one's difference from the one before. Integers. */
  readonly positiveDeltas: readonly number[];
  readonly negativeSpans: readonly BucketSpan[];
  readonly negativeDeltas: readonly number[];
  /** With schema -53: the upper bounds, strictly increasing, without +Inf. */
  readonly customValues?: readonly number[] | undefined;
  /** Milliseconds since the epoch, an integer. */
  readonly timestamp: number;
  /** As in a sample. */
  readonly startTimestamp?: number | undefined;
  /** True: a stale marker. Its sum is written as the marker's bits; count, buckets and the rest are 0 (T17, T18). */
  readonly stale?: boolean | undefined;
}
