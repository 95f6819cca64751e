/** Label names and values, `__name__` included where it is a whole series. */
export type Labels = Readonly<Record<string, string>>;

/** A series with its last value. */
export interface Series {
  readonly labels: Labels;
  readonly value: number;
}

/** A series' identity: two label sets have the same key exactly when they are equal, in whatever order. */
export function seriesKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
