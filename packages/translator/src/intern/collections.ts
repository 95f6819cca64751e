/** So many collections may pass without a series before it leaves. */
const collectionsKept = 10;
/** What was in none of so many collections has ended, if whoever brought it still brings others. */
const collectionsUntilAbsent = 3;
/** What has come only once may come so seldom, in milliseconds. After it a receiver shows no last value anyway. */
const longestWait = 300_000;

/**
 * Tells collections apart: of everything, or of one producer. A collection is recognised by a new end time; several
 * rounds, which are calls, with the same one bring the parts of one collection.
 */
export interface Collections {
  /** The first round of the current collection. */
  readonly firstRound: number;
  /** What was not seen since this round was not seen for ten collections. */
  readonly oldestRound: number;
  /** What was not seen since this round is about to be older than that. */
  readonly leavingRound: number;
  /**
   * What was not seen since this round was in none of the last three collections. The current one counts as long as
   * collections come in one round; where they come in parts, it may not be complete.
   */
  readonly absentRound: number;
  /**
   * Whether it has not come for much longer than it usually takes to, at a time in milliseconds: who comes less often than
   * others has a reader of its own, with a longer interval.
   */
  isOverdue(now: number): boolean;
  /** Begins a round, with the end time of its points in milliseconds or NaN. True: a collection has begun with it. */
  begin(round: number, endTime: number): boolean;
}

export function createCollections(): Collections {
  let lastRound = 0;
  let lastEndTime = Number.NaN;
  /** The first rounds of this collection and of those before, oldest first. */
  const firstRounds: number[] = [];
  /** After how many milliseconds the next one is overdue: three times the last interval, half of what it was before at least. 0: it came once. */
  let wait = 0;
  let isInParts = false;
  let wasInParts = false;
  return {
    get firstRound() {
      return firstRounds.at(-1) ?? 0;
    },
    get oldestRound() {
      return firstRounds[0] ?? 0;
    },
    get leavingRound() {
      return firstRounds.at(-collectionsKept) ?? firstRounds[0] ?? 0;
    },
    get absentRound() {
      const complete = isInParts || wasInParts ? collectionsUntilAbsent + 1 : collectionsUntilAbsent;
      return firstRounds.at(-complete) ?? 0;
    },
    isOverdue: (now) => now - lastEndTime > (wait || longestWait),
    begin(round, endTime) {
      if (Number.isNaN(endTime) || round === lastRound) return false;
      lastRound = round;
      if (endTime === lastEndTime) {
        isInParts = true;
        return false;
      }
      wait = Math.max((endTime - lastEndTime) * 3, wait / 2) || 0;
      lastEndTime = endTime;
      wasInParts = isInParts;
      isInParts = false;
      firstRounds.push(round);
      if (firstRounds.length > collectionsKept + 1) firstRounds.shift();
      return true;
    },
  };
}
