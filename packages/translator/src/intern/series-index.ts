import type { Label } from "@otel-remote-write/prompb";
import { equalLabel, equalLabels, type LabelSet } from "../labels/label-set.js";
import { knownSeriesPerSlice, type Slices } from "../walk/slices.js";
import { completeLabels, type SeriesRecord } from "./series-record.js";

/**
 * Finds series by their label sets: a hash table with open addressing. A map by a text of the labels would keep that text
 * for each, which is more than everything else that is kept of a series.
 */
export interface SeriesIndex<Owned> {
  /** @param hash of all the labels */
  find(base: LabelSet, name: Label, more: Label | undefined, hash: number): SeriesRecord<Owned> | undefined;
  /** There must be none with the same labels. */
  add(record: SeriesRecord<Owned>, hash: number): void;
  /** Asks of some twice. Nothing else may be done with the index before it has ended. */
  removeWhere(mustGo: (record: SeriesRecord<Owned>) => boolean): Slices;
  forEach(callback: (record: SeriesRecord<Owned>) => void): void;
  values(): Iterable<SeriesRecord<Owned>>;
  readonly size: number;
}

const smallestCapacity = 64;

export function createSeriesIndex<Owned>(): SeriesIndex<Owned> {
  /** A power of two. */
  let capacity = smallestCapacity;
  /** Each record stands at its hash, or at the next free place after it. */
  let records = emptyPlaces<Owned>(capacity);
  let hashes = new Int32Array(capacity);
  let size = 0;

  function place(record: SeriesRecord<Owned>, hash: number): void {
    let at = hash & (capacity - 1);
    while (records[at] !== undefined) at = (at + 1) & (capacity - 1);
    records[at] = record;
    hashes[at] = hash;
  }

  /** Puts all into a table of another size. */
  function rebuild(newCapacity: number): void {
    const before = records;
    const hashesBefore = hashes;
    capacity = newCapacity;
    records = emptyPlaces<Owned>(capacity);
    hashes = new Int32Array(capacity);
    for (let i = 0; i < before.length; i++) {
      const record = before[i];
      if (record !== undefined) place(record, hashesBefore[i] as number);
    }
  }

  /** Empties a place, and moves up what stands behind it only since it was taken. */
  function removeAt(gone: number): void {
    const mask = capacity - 1;
    let free = gone;
    for (let at = (free + 1) & mask; records[at] !== undefined; at = (at + 1) & mask) {
      const hash = hashes[at] as number;
      if (((at - hash) & mask) < ((at - free) & mask)) continue;
      records[free] = records[at];
      hashes[free] = hash;
      free = at;
    }
    records[free] = undefined;
    size--;
  }

  return {
    find(base, name, more, hash) {
      let at = hash & (capacity - 1);
      for (;;) {
        const record = records[at];
        if (record === undefined) return undefined;
        if (hashes[at] === hash && hasLabels(record, base, name, more)) return record;
        at = (at + 1) & (capacity - 1);
      }
    },
    add(record, hash) {
      if (size * 3 >= capacity * 2) rebuild(capacity * 2);
      place(record, hash);
      size++;
    },
    *removeWhere(mustGo) {
      for (let i = 0; i < capacity; i++) {
        if (i % knownSeriesPerSlice === knownSeriesPerSlice - 1) yield;
        // Another one may have moved to this place.
        for (let record = records[i]; record !== undefined && mustGo(record); record = records[i]) {
          removeAt(i);
        }
      }
      let enough = capacity;
      while (enough > smallestCapacity && size * 6 < enough) enough /= 2;
      if (enough < capacity) rebuild(enough);
    },
    forEach(callback) {
      for (const record of records) if (record !== undefined) callback(record);
    },
    *values() {
      for (const record of records) if (record !== undefined) yield record;
    },
    get size() {
      return size;
    },
  };
}

function emptyPlaces<Owned>(capacity: number): (SeriesRecord<Owned> | undefined)[] {
  // `Array.from` takes far longer, and a loop of `push` leaves room that is never used.
  // oxlint-disable-next-line unicorn/no-new-array
  return new Array<undefined>(capacity).fill(undefined);
}

function hasLabels<Owned>(
  record: SeriesRecord<Owned>,
  base: LabelSet,
  name: Label,
  more: Label | undefined,
): boolean {
  if (equalLabel(record.name, name) && equalLabel(record.more, more)) return equalLabels(record.base, base);
  // An attribute of one may be the one more of the other.
  return equalLabels(record.labels, completeLabels(base, name, more));
}
