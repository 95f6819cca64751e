import type { RoundBuilder } from "./round-builder.js";

/**
 * A set of series that are sent together. A series stays in its batch, and Rounds of one batch never overtake each other,
 * so that each series' samples arrive in order (W1.19), while different batches are sent side by side.
 */
export interface Batch {
  /** How many series were put into it. */
  seriesCount: number;
  /** What the collection under way has added so far. */
  openRound: RoundBuilder | undefined;
  /** The number of samples in its Round before, as a hint for the next. */
  lastSampleCount: number;
}

/** What the exporter keeps with a series. */
export interface SeriesState {
  readonly batch: Batch;
  /** Of the last point that went into a Round; -Infinity before the first. */
  lastTimestamp: number;
  /** Its value, a histogram's count, or undefined for a stale marker. */
  lastValue: number | undefined;
}
