import type { Round, Series } from "@otel-remote-write/prompb";
import { type Batch, type BlockState, createBatch, type SeriesState } from "./batch.js";
import { runsOf } from "./block-state.js";
import { partitionIntoBuilders } from "./partition-round.js";
import { emptyShape, finishRound } from "./round-builder.js";

/**
 * Takes series out of a batch into a new one, for good: their states, what blocks write of them, and what the collection
 * under way has added so far. Rounds that are made already are the caller's to divide.
 *
 * @param bytesOf what is reserved for a series
 */
export function splitBatch(
  batch: Batch,
  moved: ReadonlySet<Series>,
  bytesOf: (series: Series) => number,
): Batch {
  const other = createBatch();
  const blocks = new Set<BlockState>();
  for (const series of moved) {
    const state = series.owned as SeriesState | undefined;
    if (state?.batch !== batch) continue;
    state.batch = other;
    if (state.block !== undefined) blocks.add(state.block);
    const bytes = bytesOf(series);
    batch.seriesCount--;
    batch.bytes -= bytes;
    other.seriesCount++;
    other.bytes += bytes;
  }
  for (const state of blocks) state.runs = runsOf(state.block.series.map(({ owned }) => owned));
  batch.lastShape = emptyShape;
  if (batch.openRound !== undefined) {
    const open: Round = finishRound(batch.openRound);
    const [kept, gone] = partitionIntoBuilders(open, (series) => moved.has(series));
    batch.openRound = kept;
    if (gone.sampleCount + gone.histograms.length > 0) other.openRound = gone;
  }
  return other;
}
