import type { SingleState } from "./batch.js";
import { timestampAfter } from "./timestamp.js";

/** Of series whose last point was moved: which time it had, and which it got. */
const moves = new WeakMap<SingleState, { readonly from: number; readonly to: number }>();

/** The time of a point; where the last one had the same, and was moved, the time that it got. */
function movedTimestamp(state: SingleState, timestamp: number): number {
  const move = moves.get(state);
  return move?.from === timestamp && move.to === state.lastTimestamp ? move.to : timestamp;
}

/**
 * Notes a point in its series' state.
 *
 * @param onClockStep told when it is more than a second older than the series' last one
 * @returns the time that it is sent with; undefined: the same point was sent already
 */
export function takePoint(
  state: SingleState,
  value: number,
  isStale: boolean,
  timestamp: number,
  onClockStep: (backMillis: number) => void,
): number | undefined {
  const last = state.lastTimestamp;
  const isUsual = timestamp > last && !isStale;
  const sentTimestamp = isUsual
    ? timestamp
    : timestampAfter(state, value, isStale, movedTimestamp(state, timestamp));
  if (sentTimestamp === undefined) return undefined;
  if (sentTimestamp !== timestamp) moves.set(state, { from: timestamp, to: sentTimestamp });
  if (sentTimestamp < last) onClockStep(last - sentTimestamp);
  state.lastTimestamp = sentTimestamp;
  state.lastValue = value;
  state.lastIsStale = isStale;
  return sentTimestamp;
}

/** Whether the series' last point had that time, before it may have been moved. */
export function isLastTime(state: SingleState, timestamp: number): boolean {
  return movedTimestamp(state, timestamp) === state.lastTimestamp;
}
