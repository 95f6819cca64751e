import type { Metadata, Round, Series } from "@otel-remote-write/prompb";

/** The families that are being sent. */
export interface FamilyTable {
  /** Takes in the families of a Round; gives those that are new or described anew. */
  add(round: Round): Metadata[];
  /** All families, for the next time they are sent. Those not seen for ten such times are forgotten. */
  all(): Metadata[];
  clear(): void;
}

const keptTimes = 10;

export function createFamilyTable(): FamilyTable {
  const families = new Map<string, { metadata: Metadata; unseenTimes: number }>();
  /** In steady state each Round of a batch shares the array of its series: one look at it is enough (until `all`). */
  let seen = new WeakSet<readonly Series[]>();

  let last: Metadata | undefined;

  function addFamily(metadata: Metadata, added: Metadata[]): void {
    // Series of one family mostly stand together.
    if (metadata === last) return;
    last = metadata;
    const known = families.get(metadata.familyName);
    if (known !== undefined && isSame(known.metadata, metadata)) {
      known.unseenTimes = 0;
    } else {
      families.set(metadata.familyName, { metadata, unseenTimes: 0 });
      added.push(metadata);
    }
  }

  return {
    add({ series, histograms }) {
      const added: Metadata[] = [];
      last = undefined;
      if (!seen.has(series)) {
        seen.add(series);
        for (const { metadata } of series) addFamily(metadata, added);
      }
      for (const histogram of histograms) addFamily(histogram.series.metadata, added);
      return added;
    },
    all() {
      seen = new WeakSet();
      for (const [name, family] of families) {
        if (family.unseenTimes++ >= keptTimes) families.delete(name);
      }
      return Array.from(families.values(), ({ metadata }) => metadata);
    },
    clear() {
      families.clear();
      seen = new WeakSet();
    },
  };
}

/** Rounds that come out of a spool have other objects each time. */
function isSame(one: Metadata, other: Metadata): boolean {
  return one === other || (one.type === other.type && one.help === other.help && one.unit === other.unit);
}
