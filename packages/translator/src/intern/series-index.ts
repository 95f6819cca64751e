import type { Label } from "@otel-remote-write/prompb";
import { equalLabel, equalLabels, type LabelSet } from "../labels/label-set.js";
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
  removeWhere(mustGo: (record: SeriesRecord<Owned>) => boolean): void;
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

  /** Puts those that stay into a table of another size. */
  function rebuild(newCapacity: number, stays: (record: SeriesRecord<Owned>) => boolean): void {
    const before = records;
    const hashesBefore = hashes;
    capacity = newCapacity;
    records = emptyPlaces<Owned>(capacity);
    hashes = new Int32Array(capacity);
    size = 0;
    for (const [i, record] of before.entries()) {
      if (record === undefined || !stays(record)) continue;
      place(record, hashesBefore[i] ?? 0);
      size++;
    }
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
      if (size * 3 >= capacity * 2) rebuild(capacity * 2, () => true);
      place(record, hash);
      size++;
    },
    removeWhere(mustGo) {
      let staying = 0;
      for (const record of records) if (record !== undefined && !mustGo(record)) staying++;
      if (staying === size) return;
      let newCapacity = smallestCapacity;
      while (staying * 3 >= newCapacity * 2) newCapacity *= 2;
      rebuild(newCapacity, (record) => !mustGo(record));
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
