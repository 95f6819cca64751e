import type { SeriesTable } from "../intern/series-table.js";
import type { Emitter } from "../points/emitter.js";
import { knownSeriesPerSlice } from "./slices.js";

/** Making labels for so many new series takes a fraction of a millisecond, where code is warm. */
const newSeriesPerSlice = 50;

/** Tells when enough was written for one slice, in however many metrics; the next slice begins with that. */
export function createSliceEnd<Owned>(table: SeriesTable<Owned>, emitter: Emitter<Owned>): () => boolean {
  let { created } = table;
  let { emitted } = emitter;
  return () => {
    // Each round counts its points from 0.
    const points = Math.abs(emitter.emitted - emitted);
    if (table.created < created + newSeriesPerSlice && points < knownSeriesPerSlice) return false;
    ({ created } = table);
    ({ emitted } = emitter);
    return true;
  };
}
