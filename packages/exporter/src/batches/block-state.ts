import type { Series, SeriesBlock } from "@otel-remote-write/prompb";
import type { BatchRun, BlockState, SeriesState, SingleState } from "./batch.js";

/** Lets a block write its series from now on. Each of them has the given state, and is in no other block. */
export function joinBlock(block: SeriesBlock<SeriesState>, states: readonly SingleState[]): BlockState {
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
  for (const series of block.series) series.owned = state;
  block.owned = state;
  return state;
}

/** The state of a series that is not left to a block any more. */
export function ownState(series: Series<SeriesState>): SingleState | undefined {
  if (series.owned?.runs !== undefined) leaveBlock(series.owned);
  // What it left belongs to itself now.
  return series.owned as SingleState | undefined;
}

/** Gives a block's series back to themselves, as one of them is written alone. */
function leaveBlock({ block, runs, lastTimestamp, lastValues }: BlockState): void {
  block.owned = undefined;
  for (const { batch, from, to } of runs) {
    for (let i = from; i < to; i++) {
      const series = block.series[i];
      if (series === undefined) continue;
      const lastValue = lastValues[i] ?? NaN;
      series.owned = { runs: undefined, batch, lastTimestamp, lastValue, lastIsStale: false };
    }
  }
}
