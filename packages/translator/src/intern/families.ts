import type { Metadata } from "@otel-remote-write/prompb";
import type { Registered } from "./registry.js";

/** A metric family: what shares a name shares a type and metadata (T7). */
export interface Family extends Registered {
  /** Who described it first; only it can describe it anew. */
  readonly owner: object;
  metadata: Metadata;
}

export interface Families {
  /** The family of a name, made if there is none. Undefined: it exists with another type (TR23). */
  claim(owner: object, metadata: Metadata, round: number): Family | undefined;
  sweep(oldestRound: number): void;
}

export function createFamilies(): Families {
  const families = new Map<string, Family>();
  return {
    claim(owner, metadata, round) {
      const known = families.get(metadata.familyName);
      if (known !== undefined) {
        if (known.metadata.type !== metadata.type) return undefined;
        known.round = round;
        return known;
      }
      const family: Family = { owner, metadata, round, live: true };
      families.set(metadata.familyName, family);
      return family;
    },
    sweep(oldestRound) {
      for (const [name, family] of families) {
        if (family.round >= oldestRound) continue;
        family.live = false;
        families.delete(name);
      }
    },
  };
}
