import type { Series, SeriesBlock } from "@otel-remote-write/prompb";
import type { Batch, BatchRun, BlockState, FreshState, SeriesState, SingleState } from "./batch.js";

/**
 * Lets a block write its series from now on, whose values come next. Each of them has the given state, and is in no other
 * block.
 */
export function joinBlock(
  block: SeriesBlock<SeriesState>,
  states: readonly (FreshState | SingleState)[],
): BlockState {
  const runs: BatchRun[] = [];
  let from = 0;
  let lastTimestamp = -Infinity;
  for (const [i, { batch, lastTimestamp: last }] of states.entries()) {
    lastTimestamp = Math.max(lastTimestamp, last);
    if (states[i + 1]?.batch === batch) continue;
    runs.push({ batch, from, to: i + 1, place: undefined });
    from = i + 1;
  }
  const state: BlockState = { block, runs, lastTimestamp, lastValues: new Float64Array(states.length) };
  for (const series of block.series) series.owned = state;
  block.owned = state;
  return state;
}

/** The state of a series that is not left to a block any more. */
export function stateWithoutBlock(series: Series<SeriesState>): FreshState | SingleState | undefined {
  if (series.owned?.runs !== undefined) leaveBlock(series.owned);
  // What it left belongs to itself now.
  return series.owned as FreshState | SingleState | undefined;
}

/** The state of a series that is left neither to a block nor to the Round that it was new in. */
export function ownState(series: Series<SeriesState>): SingleState | undefined {
  const state = stateWithoutBlock(series);
  if (state?.builder !== undefined) leaveFresh(state);
  return series.owned as SingleState | undefined;
}

/** Gives series that were new back to themselves, as another point of one of them comes. */
function leaveFresh(state: FreshState): void {
  const { batch, lastTimestamp, builder } = state;
  for (const [i, series] of (builder.series as Series<SeriesState>[] | undefined)?.entries() ?? []) {
    if (series.owned !== state) continue;
    const lastValue = builder.values[i] ?? NaN;
    series.owned = createSingleState(batch, lastTimestamp, lastValue);
  }
}

/** Gives a block's series back to themselves, as one of them is written alone. */
function leaveBlock({ block, runs, lastTimestamp, lastValues }: BlockState): void {
  block.owned = undefined;
  for (const { batch, from, to } of runs) {
    for (let i = from; i < to; i++) {
      const series = block.series[i];
      if (series === undefined) continue;
      const lastValue = lastValues[i] ?? NaN;
      series.owned = createSingleState(batch, lastTimestamp, lastValue);
    }
  }
}

/** The state of a series that was written together with others until now, never as a stale marker. */
function createSingleState(batch: Batch, lastTimestamp: number, lastValue: number): SingleState {
  return { runs: undefined, builder: undefined, batch, lastTimestamp, lastValue, lastIsStale: false };
}
