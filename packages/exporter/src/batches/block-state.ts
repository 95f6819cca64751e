import type { SeriesBlock } from "@otel-remote-write/prompb";
import type { BatchRun, BlockState, SeriesState } from "./batch.js";

/** Lets a block write its series from now on. Every one of them has a state, and is in no other block. */
export function joinBlock(block: SeriesBlock<SeriesState>, states: readonly SeriesState[]): BlockState {
  const runs: BatchRun[] = [];
  let from = 0;
  let lastTimestamp = -Infinity;
  for (const [i, { batch, lastTimestamp: last }] of states.entries()) {
    lastTimestamp = Math.max(lastTimestamp, last);
    if (states[i + 1]?.batch === batch) continue;
    runs.push({ batch, from, to: i + 1, place: undefined });
    from = i + 1;
  }
  const lastValues = Float64Array.from(states, ({ lastValue }) => lastValue);
  const state: BlockState = { block, runs, lastTimestamp, lastValues };
  for (const each of states) each.block = state;
  block.owned = state;
  return state;
}

/** Gives a block's series back to themselves, as one of them is written alone. */
export function leaveBlock({ block, lastTimestamp, lastValues }: BlockState): void {
  block.owned = undefined;
  for (const [i, { owned }] of block.series.entries()) {
    if (owned === undefined) continue;
    owned.block = undefined;
    owned.lastTimestamp = lastTimestamp;
    owned.lastValue = lastValues[i] ?? NaN;
    owned.lastIsStale = false;
  }
}
