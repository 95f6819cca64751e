/** Work that can be left off for a while where it yields. */
export type Slices<Result = void> = Generator<undefined, Result>;

/** To look at so many series that are known, or to write a point of each, takes a fraction of a millisecond. */
export const knownSeriesPerSlice = 2000;
