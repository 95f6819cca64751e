import { type Labels, type Series, seriesKey } from "../recorded/series.js";

/** One series, as it was recorded and as it arrived. */
export interface Compared {
  readonly labels: Labels;
  /** Undefined: it arrived although it was never recorded. */
  readonly recorded: number | undefined;
  /** Undefined: it was recorded and did not arrive. */
  readonly arrived: number | undefined;
  readonly same: boolean;
}

export interface Comparison {
  /** Every series of either side. */
  readonly all: readonly Compared[];
  /** Those that are not the same on both sides. */
  readonly wrong: readonly Compared[];
  find(labels: Labels): Compared | undefined;
}

/**
 * Compares both ways: nothing may be missing and nothing may be there in addition.
 *
 * @param significantDigits that the backend keeps of a value; by default values must be the same to the last bit
 */
export function compare(
  recorded: readonly Series[],
  arrived: readonly Series[],
  significantDigits?: number,
): Comparison {
  const arrivedValues = new Map(arrived.map(({ labels, value }) => [seriesKey(labels), value]));
  const compared = new Map<string, Compared>();
  for (const { labels, value } of recorded) {
    const key = seriesKey(labels);
    const other = arrivedValues.get(key);
    const same = other !== undefined && sameValue(value, other, significantDigits);
    compared.set(key, { labels, recorded: value, arrived: other, same });
  }
  for (const { labels, value } of arrived) {
    const key = seriesKey(labels);
    if (!compared.has(key)) compared.set(key, { labels, recorded: undefined, arrived: value, same: false });
  }
  const all = [...compared.values()];
  return {
    all,
    wrong: all.filter(({ same }) => !same),
    find: (labels) => compared.get(seriesKey(labels)),
  };
}

function sameValue(a: number, b: number, significantDigits: number | undefined): boolean {
  if (a === b) return true;
  if (significantDigits === undefined) return false;
  return Math.abs(a - b) <= (Math.max(Math.abs(a), Math.abs(b)) * 10 ** (1 - significantDigits)) / 2;
}
