import type { Series } from "@otel-remote-write/prompb";
import type { SeriesState } from "../batches/batch.js";
import { ownState } from "../batches/block-state.js";
import type { StaleMarkers } from "../options/stale-markers.js";

/** Whether a series that has ended gets a stale marker. */
export type IsWanted = (series: Series<SeriesState>) => boolean;

/** How old a process is that is no job which ends by itself: Prometheus shows a last value for as long. */
const longLivedMillis = 5 * 60_000;

/**
 * Which series get a stale marker when the exporter is shut down; undefined: none.
 *
 * @param ageMillis how long the process has run
 */
export function endedByShutdown(staleMarkers: StaleMarkers, ageMillis: number): IsWanted | undefined {
  if (staleMarkers === true) return mayHaveArrived;
  if (staleMarkers === false || ageMillis < longLivedMillis) return undefined;
  return (series) => mayHaveArrived(series) && hasInstance(series);
}

/** Whether a receiver has the series, or gets it before the marker. What never arrived need not be ended. */
export function mayHaveArrived(series: Series<SeriesState>): boolean {
  const batch = ownState(series)?.batch;
  return batch !== undefined && (batch.hasArrived || batch.unsettledRounds.size > 0);
}

/** Without it another process may go on with the series. */
function hasInstance({ labels }: Series): boolean {
  return labels.some(({ name }) => name === "instance");
}
