import type { SeriesTable } from "../intern/series-table.js";

/** Work that can be left off for a while where it yields. */
export type Slices<Result = void> = Generator<undefined, Result>;

/** Making labels for so many new series takes a fraction of a millisecond, where code is warm. */
const seriesPerSlice = 50;

/** Tells when enough new series were made for one slice, in however many metrics; the next slice begins with that. */
export function createSliceEnd<Owned>(table: SeriesTable<Owned>): () => boolean {
  let { created } = table;
  return () => {
    if (table.created < created + seriesPerSlice) return false;
    created = table.created;
    return true;
  };
}
