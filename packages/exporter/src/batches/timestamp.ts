import type { SingleState } from "./batch.js";

/** A step back of the clock up to here is taken for two collections in a short time, and smoothed over. */
const smallStepMillis = 1000;

/**
 * The time that a point is sent with which is not later than its series' last one: receivers reject a second value for
 * one time, and 1.0 receivers throw the whole request away with it.
 *
 * - The same time and value again: undefined, it was sent already.
 * - The same time with another value, or up to a second back: one millisecond after the last, so that a flush beside a
 *   periodic export loses nothing.
 * - Further back: the clock was stepped; the true time, and the receiver decides.
 */
export function timestampAfter(
  { lastTimestamp, lastValue, lastIsStale }: SingleState,
  value: number,
  isStale: boolean,
  timestamp: number,
): number | undefined {
  if (timestamp > lastTimestamp) return timestamp;
  const isSame = isStale === lastIsStale && (isStale || Object.is(value, lastValue));
  if (timestamp === lastTimestamp && isSame) return undefined;
  return lastTimestamp - timestamp <= smallStepMillis ? lastTimestamp + 1 : timestamp;
}
