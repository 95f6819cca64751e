import type { Series } from "./series.js";

/**
 * Series that come together, in the same order, collection after collection. As long as they do, a translator hands them
 * over as one, with their values in one array.
 */
export interface SeriesBlock<Owned = unknown> {
  /** Without repeats. */
  readonly series: readonly Series<Owned>[];
  /** For each series; 0: not known, or none (W2.33). */
  readonly startTimestamps: Float64Array;
  /** What the sender keeps with the block. The translator sets it to undefined once and never looks at it. */
  owned: unknown;
}
