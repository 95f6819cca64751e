import type { SeriesState } from "./batch.js";

/** A step back of the clock up to here is taken for two collections in a short time, and smoothed over. */
const smallStepMillis = 1000;

/**
 * The time that a series' next point is sent with: later than the one before, since receivers reject a second value for
 * one time, and 1.0 receivers throw the whole request away with it.
 *
 * - The same time and value again: undefined, it was sent already.
 * - The same time with another value, or up to a second back: one millisecond after the last, so that a flush beside a
 *   periodic export loses nothing.
 * - Further back: the clock was stepped; the true time, and the receiver decides.
 */
export function nextTimestamp(
  state: SeriesState,
  value: SeriesState["lastValue"],
  timestamp: number,
): number | undefined {
  const last = state.lastTimestamp;
  if (timestamp > last) return timestamp;
  if (timestamp === last && Object.is(value, state.lastValue)) return undefined;
  return last - timestamp <= smallStepMillis ? last + 1 : timestamp;
}
