import { halveRound } from "../batches/halve-round.js";
import { seriesOf } from "../batches/partition-round.js";
import { dividePart, type Part, type PendingRound, pointsOf } from "./pending-round.js";

/** How far the search for the series has come for which a receiver throws the whole request away (E8). */
export interface Bisection {
  /** How many requests it may still make of parts that were refused. */
  requestsLeft: number;
  /** Whether the receiver took any part. */
  accepted: boolean;
  /** How many requests it refused, that for the whole included. */
  refusals: number;
  /** Whether it goes on where the one in the Round before did not come to its end. */
  readonly isResumed: boolean;
  /** Its number: each one begins to divide at another series. */
  readonly turn: number;
}

/** What a search has found out about the parts that are left, all of which are refused. */
export interface Findings {
  /** These are refused, whatever they are sent with. */
  readonly bad: readonly Part[];
  /** In each of these something is bad, which the next search may find. */
  readonly suspected: readonly Part[];
}

/** While a receiver takes parts, a search that goes on may be so many times as long: each one brings good series through. */
const resumedFactor = 8;
/** So many series are tried one by one while nothing is taken. */
const mostResolved = 16;
/** Which share of a part a search tries that goes on while nothing was taken. */
const triedShare = 16;

/**
 * The search begins as a whole Round is refused: by one request, or two where the message was not known. Or it goes on with
 * parts that were refused in the Round before.
 */
export function createBisection({ parts }: PendingRound, turn: number, isResumed: boolean): Bisection {
  const requestsLeft = isResumed ? resumedFactor * mostRequests(parts) : mostRequests(parts) - 2;
  return { requestsLeft, accepted: false, refusals: 1, isResumed, turn };
}

/** Enough for one bad series, with room for a few more. */
function mostRequests(parts: readonly Part[]): number {
  const seriesCount = parts.reduce((sum, { round }) => sum + seriesOf(round).size, 0);
  return Math.floor(2 * Math.log2(seriesCount)) + 8;
}

/**
 * The part to send next: one that was not sent as it is, or else half of one that was refused. Undefined when the search
 * is over. What is left then was refused.
 */
export function nextPart(pending: PendingRound): Part | undefined {
  const { parts, bisection } = pending;
  const unsent = parts.find(
    (part) =>
      part.refusal === undefined ||
      // Of another Round, when nothing was taken: that may have had another reason.
      (bisection?.accepted === true && part.attempts === 0 && isResolved(part)),
  );
  if (unsent !== undefined || bisection === undefined) return unsent;
  if (bisection.requestsLeft < 2 || isHopeless(bisection)) return undefined;
  // The smallest one until any is accepted, which tells soonest; then the largest one, as it has most that is good.
  const direction = bisection.accepted ? -1 : 1;
  const [part] = parts
    .filter((each) => !isResolved(each))
    .toSorted((a, b) => direction * (pointsOf(a) - pointsOf(b)));
  if (part === undefined) return undefined;
  // Where several are bad, a small part is good sooner than a half.
  const isTrial = !bisection.accepted && bisection.isResumed;
  const halves = halveRound(part.round, () => 1, isTrial ? triedShare : 2, bisection.turn);
  if (halves === undefined) return undefined;
  bisection.requestsLeft -= 2;
  dividePart(pending, part, halves);
  return nextPart(pending);
}

/** Once the search is over. */
export function findingsOf({ parts, bisection }: PendingRound): Findings {
  if (bisection === undefined) return { bad: [], suspected: [] };
  const bad = parts.filter(isResolved);
  const suspected = parts.filter((part) => !isResolved(part));
  if (bisection.accepted) return { bad, suspected };
  // It need not be the series. Where so many of them are refused one by one, or all, the search begins anew.
  return { bad: [], suspected: suspected.length > 0 && bad.length <= mostResolved ? parts : [] };
}

/**
 * Where both halves of a Round are refused, its data is likely to be bad as a whole, and more requests find nothing out.
 * In case that something is bad in both halves, the next Rounds look into smaller parts, with as few requests.
 */
function isHopeless({ accepted, refusals }: Bisection): boolean {
  return !accepted && refusals > 2;
}

/** One series; or a part of a histogram whose other part is bad, too, so that the histogram is. */
function isResolved({ round, halfOf }: Part): boolean {
  return (halfOf?.isOneFamily === true && halfOf.refused === 2) || seriesOf(round).size === 1;
}
