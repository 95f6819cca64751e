/** So many collections may pass without a series before it leaves. */
const collectionsKept = 10;

/**
 * Counts rounds and collections. A round is one call. A collection is recognised by a new end time: several calls with
 * the same one bring the parts of one collection.
 */
export interface Collections {
  /** The current round, from 1. */
  readonly round: number;
  /** The first round of the current collection. */
  readonly firstRound: number;
  /** What was not seen since this round was not seen for ten collections. */
  readonly oldestRound: number;
  /** Begins a round, with the end time of its points in milliseconds or NaN. True: a collection has begun with it. */
  begin(endTime: number): boolean;
}

export function createCollections(): Collections {
  let round = 0;
  let lastEndTime = Number.NaN;
  /** The first rounds of this collection and of those before, oldest first. */
  const firstRounds: number[] = [];
  return {
    get round() {
      return round;
    },
    get firstRound() {
      return firstRounds.at(-1) ?? 0;
    },
    get oldestRound() {
      return firstRounds[0] ?? 0;
    },
    begin(endTime) {
      round++;
      if (Number.isNaN(endTime) || endTime === lastEndTime) return false;
      lastEndTime = endTime;
      firstRounds.push(round);
      if (firstRounds.length > collectionsKept + 1) firstRounds.shift();
      return true;
    },
  };
}
