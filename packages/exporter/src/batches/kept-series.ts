import type { Series } from "@otel-remote-write/prompb";
import type { Batch, SeriesState, SingleState } from "./batch.js";
import { ownState } from "./block-state.js";
import { smallStepMillis } from "./timestamp.js";

/** What there was when a series was seen to stay away. */
interface Leave {
  readonly batch: Batch;
  /** How many Rounds of the batch had been queued: none of the later ones has the series. */
  readonly rounds: number;
  /** Of the series' last point. If it has another one by now, it has come back in between. */
  readonly lastTimestamp: number;
}

/**
 * Which series must not be forgotten though they stay away. There are two kinds:
 *
 * - Those of which a Round may still be queued or on its way. If one came back as a new series it would get another batch,
 *   and overtake its own samples (W1.19).
 * - Those whose last point is not a second older than the collection, as with many flushes in a short time, or lies ahead of
 *   a clock that was stepped back. It must be known for the next one to come after it (W1.18).
 */
export function createKeptSeries(): (series: Series<SeriesState>, latest: number) => boolean {
  const leaves = new WeakMap<SingleState, Leave>();
  return (series, latest) => {
    const state = ownState(series);
    if (state === undefined) return false;
    const { batch, lastTimestamp } = state;
    if (latest - lastTimestamp <= smallStepMillis) return true;
    let leave = leaves.get(state);
    if (leave?.batch !== batch || leave.lastTimestamp !== lastTimestamp) {
      leave = { batch, rounds: batch.queuedRounds, lastTimestamp };
      leaves.set(state, leave);
    }
    const [oldest] = batch.unsettledRounds;
    return oldest !== undefined && oldest < leave.rounds;
  };
}
