import type { BatchRound } from "./round-sink.js";

/** Leaves the numbers of a Round that is done with to a later one of its batch. Nobody may look at them any more. */
export function reuseNumbers({ batch, round: { values, timestamps }, isRepeat }: BatchRound): void {
  if (isRepeat === true) batch.spareNumbers = { values, timestamps };
}
