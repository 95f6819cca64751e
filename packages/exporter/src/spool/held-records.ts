import type { SpoolRecord } from "./spool.js";

/** Records that a spool did not accept, in memory: those of each `append` together, the oldest first. */
export interface HeldRecords {
  /** Gives those that had to go for them, so that limits are kept. */
  add(records: readonly SpoolRecord[]): SpoolRecord[];
  /** The oldest. */
  first(): readonly SpoolRecord[] | undefined;
  removeFirst(): void;
  /** What was taken out, and is not done with, is the oldest again. */
  putBack(records: readonly SpoolRecord[]): void;
  isEmpty(): boolean;
  all(): readonly SpoolRecord[];
}

interface HeldLimits {
  readonly maxSamples: number;
  readonly maxBytes: number;
}

export function createHeldRecords({ maxSamples, maxBytes }: HeldLimits): HeldRecords {
  const groups: (readonly SpoolRecord[])[] = [];

  function isOver(): boolean {
    const { samples, bytes } = totalOf(groups.flat());
    return samples > maxSamples || bytes > maxBytes;
  }

  return {
    add(records) {
      groups.push(records);
      const dropped: SpoolRecord[] = [];
      // What came last is admitted in any case.
      while (groups.length > 1 && isOver()) dropped.push(...(groups.shift() ?? []));
      return dropped;
    },
    first: () => groups[0],
    removeFirst: () => void groups.shift(),
    putBack: (records) => void groups.unshift(records),
    isEmpty: () => groups.length === 0,
    all: () => groups.flat(),
  };
}

/** Samples with histograms, and bytes. */
export function totalOf(records: readonly SpoolRecord[]): {
  readonly samples: number;
  readonly bytes: number;
} {
  let samples = 0;
  let bytes = 0;
  for (const { counts, message } of records) {
    samples += counts.samples + counts.histograms;
    bytes += message.byteLength;
  }
  return { samples, bytes };
}
