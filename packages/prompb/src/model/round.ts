import type { Exemplar } from "./exemplar.js";
import type { NativeHistogram } from "./native-histogram.js";
import type { Series } from "./series.js";

/** A native histogram of a Round, with the series it belongs to. */
export interface RoundHistogram {
  readonly series: Series;
  readonly histogram: NativeHistogram;
  readonly exemplars: readonly Exemplar[];
}

/**
 * What one collection adds to one batch: references to series, and numbers. It is the unit of encoding, queueing,
 * retrying and dropping, and it does not change once it is complete.
 *
 * Sample i is `values[i]` of `series[i]` at `timestamps[i]`; the arrays may be longer than `sampleCount`.
 */
export interface Round {
  readonly sampleCount: number;
  readonly series: readonly Series[];
  readonly values: Float64Array;
  /** Integer milliseconds since the epoch. */
  readonly timestamps: Float64Array;
  /** Integer milliseconds since the epoch; 0 is "not known" (W2.33). */
  readonly startTimestamps: Float64Array;
  /** The indexes of samples that are stale markers. */
  readonly staleSamples: ReadonlySet<number>;
  /** Exemplars by the index of their sample. */
  readonly exemplars: ReadonlyMap<number, readonly Exemplar[]>;
  readonly histograms: readonly RoundHistogram[];
}
