import { halveRound } from "../batches/halve-round.js";
import { seriesOf } from "../batches/partition-round.js";
import { dividePart, type Part, type PendingRound } from "./pending-round.js";

/** How far the search for the series has come for which a receiver throws the whole request away (E8). */
export interface Bisection {
  /** How many requests it may still take. */
  requestsLeft: number;
  /** Whether the receiver took any part. */
  accepted: boolean;
  /** How many requests it refused. */
  refusals: number;
  /** Whether it goes on where the one in the Round before did not come to its end. */
  readonly isResumed: boolean;
}

/** What a search has found out about the parts that are left, all of which are refused. */
export interface Findings {
  /** These are refused, whatever they are sent with. */
  readonly bad: readonly Part[];
  /** In each of these something is bad, which the next search may find. */
  readonly suspected: readonly Part[];
}

/** The search begins as a whole Round is refused: by one request, or two where the message was not known. */
export function beginBisection({ parts }: PendingRound): Bisection {
  return { requestsLeft: mostRequests(parts) - 2, accepted: false, refusals: 1, isResumed: false };
}

/** The search goes on with parts that were refused in the Round before. */
export function resumeBisection({ parts }: PendingRound): Bisection {
  return { requestsLeft: mostRequests(parts), accepted: false, refusals: 0, isResumed: true };
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
  const unsent = parts.find(({ refusal }) => refusal === undefined);
  if (unsent !== undefined || bisection === undefined) return unsent;
  if (bisection.requestsLeft < 2 || isHopeless(bisection)) return undefined;
  // The smallest one until any is accepted, which tells soonest; then the largest one, as it has most that is good.
  const direction = bisection.accepted ? -1 : 1;
  const [part] = parts
    .filter((each) => !isResolved(each))
    .toSorted((a, b) => direction * (seriesOf(a.round).size - seriesOf(b.round).size));
  if (part === undefined) return undefined;
  const halves = halveRound(part.round, () => 1);
  if (halves === undefined) return undefined;
  dividePart(pending, part, halves, part.refusal?.message);
  return nextPart(pending);
}

/** Once the search is over. */
export function findingsOf({ parts, bisection }: PendingRound): Findings {
  if (bisection === undefined || parts.length === 0) return { bad: [], suspected: [] };
  const resolved = parts.filter(isResolved);
  if (bisection.accepted) {
    return { bad: resolved, suspected: parts.filter((part) => !resolved.includes(part)) };
  }
  // It need not be the series. Where smaller and smaller parts are refused, Round after Round, it is not.
  return { bad: [], suspected: resolved.length === 0 ? parts : [] };
}

/**
 * Where both halves of a Round are refused, its data is likely to be bad as a whole, and more requests find nothing out.
 * In case that something is bad in both halves, the next Rounds look into smaller parts, with as few requests.
 */
function isHopeless({ accepted, refusals, isResumed }: Bisection): boolean {
  return !accepted && refusals >= (isResumed ? 2 : 3);
}

/** One series; or a part of a histogram whose other part is bad, too, so that the histogram is. */
function isResolved({ round, halfOf }: Part): boolean {
  return (halfOf?.isOneFamily === true && halfOf.refused === 2) || seriesOf(round).size === 1;
}
