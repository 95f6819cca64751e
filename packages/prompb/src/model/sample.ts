/** One value of a series at one time. */
export interface Sample {
  /** Any float64. Ignored when `stale` is true. */
  readonly value: number;
  /** Milliseconds since the epoch, an integer. */
  readonly timestamp: number;
  /** Since when a counter counts: milliseconds since the epoch, at most `timestamp`. Absent: not known (W2.33). */
  readonly startTimestamp?: number | undefined;
  /**
   * True: a stale marker, which says that the series ends here (W1.23). It is a flag and not a NaN with a payload,
   * since engines may change the bits of a NaN.
   */
  readonly stale?: boolean | undefined;
}
