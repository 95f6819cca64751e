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

  function separatePart(part: Part): readonly Part[] {
    const groups = new Map<Suspicion, Set<Series>>();
    for (const series of seriesOf(part.round)) {
      const suspicion = suspicions.get(series);
      if (suspicion === undefined) continue;
      suspicions.delete(series);
      groups.set(suspicion, (groups.get(suspicion) ?? new Set()).add(series));
    }
    if (groups.size === 0) return [part];
    const parts: Part[] = [];
    let { round } = part;
    for (const [{ refusal }, group] of groups) {
      const [rest, suspected] = partitionRound(round, (series) => group.has(series));
      const suspect = createPart(suspected, encodeAlone, { message: refusal.message });
      suspect.refusal = refusal;
      parts.push(suspect);
      round = rest;
    }
    const rest = createPart(round, encodeAlone, { message: part.message });
    return rest.counts.samples + rest.counts.histograms === 0 ? parts : [rest, ...parts];
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
      const parts = pending.parts.flatMap(separatePart);
      const found = parts.length > pending.parts.length || parts.some(({ refusal }) => refusal !== undefined);
      pending.parts = parts;
      return found;
    },
  };
}
