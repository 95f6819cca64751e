import type { Series } from "@otel-remote-write/prompb";
import type { Batch, SeriesState } from "./batch.js";

/** The batch of a series, whoever writes it. */
export function batchOf(series: Series<SeriesState> | undefined): Batch | undefined {
  if (series === undefined) return undefined;
  const { owned } = series;
  if (owned?.runs === undefined) return owned?.batch;
  const index = owned.block.series.indexOf(series);
  return owned.runs.find(({ from, to }) => from <= index && index < to)?.batch;
}
