import type { SeriesBlock } from "@otel-remote-write/prompb";
import type { BatchRun, BlockState, SeriesState } from "./batch.js";

/** Lets a block write its series from now on. Every one of them has a state, and is in no other block. */
export function joinBlock(block: SeriesBlock<SeriesState>, states: readonly SeriesState[]): BlockState {
  const lastTimestamp = states.reduce((latest, state) => Math.max(latest, state.lastTimestamp), -Infinity);
  const lastValues = Float64Array.from(states, ({ lastValue }) => lastValue);
  const state: BlockState = { block, runs: runsOf(states), lastTimestamp, lastValues };
  for (const each of states) each.block = state;
  block.owned = state;
  return state;
}

/** Which part of a block is in which batch. */
export function runsOf(states: readonly (SeriesState | undefined)[]): BatchRun[] {
  const runs: BatchRun[] = [];
  let from = 0;
  for (const [i, state] of states.entries()) {
    if (state === undefined || states[i + 1]?.batch === state.batch) continue;
    runs.push({ batch: state.batch, from, to: i + 1, place: undefined });
    from = i + 1;
  }
  return runs;
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
