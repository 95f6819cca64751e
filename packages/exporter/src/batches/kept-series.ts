import type { Series } from "@otel-remote-write/prompb";
import type { Batch, SeriesState, SingleState } from "./batch.js";
import { ownState } from "./block-state.js";

/** What there was when a series was seen to stay away. */
interface Leave {
  readonly batch: Batch;
  /** How many Rounds of the batch had been queued: none of the later ones has the series. */
  readonly rounds: number;
  /** Of the series' last point. If it has another one by now, it has come back in between. */
  readonly lastTimestamp: number;
}

/**
 * Which series must not be forgotten though they stay away: those of which a Round may still be queued or on its way. If
 * one came back as a new series it would get another batch, and overtake its own samples (W1.19).
 */
export function createKeptSeries(): (series: Series<SeriesState>) => boolean {
  const leaves = new WeakMap<SingleState, Leave>();
  return (series) => {
    const state = ownState(series);
    if (state === undefined) return false;
    const { batch, lastTimestamp } = state;
    let leave = leaves.get(state);
    if (leave?.batch !== batch || leave.lastTimestamp !== lastTimestamp) {
      leave = { batch, rounds: batch.queuedRounds, lastTimestamp };
      leaves.set(state, leave);
    }
    const [oldest] = batch.unsettledRounds;
    return oldest !== undefined && oldest < leave.rounds;
  };
}
