import type { SingleState } from "./batch.js";

/** A step back of the clock up to here is taken for two collections in a short time, and smoothed over. */
export const smallStepMillis = 1000;

/**
 * The time that a point is sent with. It matters where it is not later than its series' last one: receivers reject a second
 * value for one time, and 1.0 receivers throw the whole request away with it.
 *
 * - The same time and value again: undefined, it was sent already.
 * - The same time with another value, or up to a second back: one millisecond after the last, so that a flush beside a
 *   periodic export loses nothing.
 * - Further back: the clock was stepped; the true time, and the receiver decides.
 *
 * A stale marker always comes after the last value, whatever the clock says, and only once until there is another value.
 */
export function timestampAfter(
  { lastTimestamp, lastValue, lastIsStale }: SingleState,
  value: number,
  isStale: boolean,
  timestamp: number,
): number | undefined {
  if (isStale) return lastIsStale ? undefined : Math.max(timestamp, lastTimestamp + 1);
  if (timestamp > lastTimestamp) return timestamp;
  if (timestamp === lastTimestamp && !lastIsStale && Object.is(value, lastValue)) return undefined;
  return lastTimestamp - timestamp <= smallStepMillis ? lastTimestamp + 1 : timestamp;
}
