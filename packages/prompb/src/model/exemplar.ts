import type { Label } from "./label.js";

/** A measurement picked as an example of those behind a sample or a bucket. */
export interface Exemplar {
  /** Sorted like a series' labels, but without `__name__`; together at most 128 characters (T23). */
  readonly labels: readonly Label[];
  readonly value: number;
  /** Milliseconds since the epoch, an integer. */
  readonly timestamp: number;
}
