import type { Series } from "@otel-remote-write/prompb";
import type { Refused } from "@otel-remote-write/transport";
import { encodeAlone } from "../batches/batch.js";
import { partitionRound, seriesOf } from "../batches/partition-round.js";
import { createPart, type Part, type PendingRound } from "./pending-round.js";

/** Series of which one at least was refused; the search for it did not come to its end. */
export interface Suspicion {
  readonly refusal: Refused;
}

/** Which series are under suspicion: a map of some kind. */
export interface Suspicions {
  get(series: Series): Suspicion | undefined;
  set(series: Series, suspicion: Suspicion): unknown;
  delete(series: Series): unknown;
}

/** What a search has left unresolved, for that in the next Round with the same series. */
export interface Suspects {
  /** The series of each part come under suspicion together. */
  add(parts: readonly Part[]): void;
  /** Takes suspects of the Round into parts of their own, and forgets them. Tells whether there were any. */
  separate(pending: PendingRound): boolean;
}

export function createSuspects(suspicions: Suspicions): Suspects {
  /** Whether there have been any at all. */
  let inUse = false;

  /** Each suspicion in a part of its own, and one for what is under none. */
  function separatePart(part: Part): readonly Part[] {
    const found = new Map(Array.from(seriesOf(part.round), (series) => [series, suspicions.get(series)]));
    const groups = new Set(found.values());
    if (groups.size === 1 && groups.has(undefined)) return [part];
    for (const series of found.keys()) suspicions.delete(series);
    return Array.from(groups, (suspicion) => {
      const [, round] = partitionRound(part.round, (series) => found.get(series) === suspicion);
      const message = suspicion?.refusal.message ?? part.message;
      return { ...createPart(round, encodeAlone, { message }), refusal: suspicion?.refusal };
    });
  }

  return {
    add(parts) {
      for (const { round, refusal } of parts) {
        if (refusal === undefined) continue;
        inUse = true;
        const suspicion = { refusal };
        for (const series of seriesOf(round)) suspicions.set(series, suspicion);
      }
    },
    separate(pending) {
      if (!inUse) return false;
      pending.parts = pending.parts.flatMap(separatePart);
      return pending.parts.some(({ refusal }) => refusal !== undefined);
    },
  };
}
