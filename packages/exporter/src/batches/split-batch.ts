import type { Round, Series } from "@otel-remote-write/prompb";
import { type Batch, createBatch, type SeriesState } from "./batch.js";
import { ownState } from "./block-state.js";
import { partitionIntoBuilders } from "./partition-round.js";
import { emptyShape, finishRound } from "./round-builder.js";

/**
 * Takes series out of a batch into a new one, for good, and with them what the collection under way has added so far.
 * Blocks that write them begin anew. Rounds that are made already are the caller's to divide.
 *
 * @param bytesOf what is reserved for a series
 */
export function splitBatch(
  batch: Batch,
  moved: ReadonlySet<Series>,
  bytesOf: (series: Series) => number,
): Batch {
  const other = createBatch();
  other.hasArrived = batch.hasArrived;
  for (const series of moved as ReadonlySet<Series<SeriesState>>) {
    const state = ownState(series);
    if (state?.batch !== batch) continue;
    state.batch = other;
    const bytes = bytesOf(series);
    batch.seriesCount--;
    batch.bytes -= bytes;
    other.seriesCount++;
    other.bytes += bytes;
  }
  batch.lastShape = emptyShape;
  if (batch.openRound !== undefined) {
    const open: Round = finishRound(batch.openRound);
    const [kept, gone] = partitionIntoBuilders(open, (series) => moved.has(series));
    batch.openRound = kept;
    if (gone.sampleCount + gone.histograms.length > 0) other.openRound = gone;
  }
  return other;
}
