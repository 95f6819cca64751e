import { equalLabels, type LabelSet } from "../labels/label-set.js";

/** Something that a label set identifies. */
export interface Labelled<T> {
  readonly labels: LabelSet;
  readonly hash: number;
  /** Another one whose labels have the same hash. */
  next: T | undefined;
}

/**
 * Finds things by their label sets. A map by a text of the labels would keep that text for each, which is more than
 * everything else that is kept of a series.
 */
export interface LabelSetMap<T extends Labelled<T>> {
  /** @param hash of the labels */
  get(labels: LabelSet, hash: number): T | undefined;
  /** There must be none with the same labels. */
  add(item: T): void;
  delete(item: T): void;
  values(): Generator<T>;
  readonly size: number;
}

export function createLabelSetMap<T extends Labelled<T>>(): LabelSetMap<T> {
  /** The first of each hash. */
  const chains = new Map<number, T>();
  let size = 0;

  function* values(): Generator<T> {
    for (let item of chains.values()) {
      for (;;) {
        // The item may be deleted meanwhile.
        const { next } = item;
        yield item;
        if (next === undefined) break;
        item = next;
      }
    }
  }

  return {
    get(labels, hash) {
      let item = chains.get(hash);
      while (item !== undefined && !equalLabels(item.labels, labels)) item = item.next;
      return item;
    },
    add(item) {
      item.next = chains.get(item.hash);
      chains.set(item.hash, item);
      size++;
    },
    delete(item) {
      const first = chains.get(item.hash);
      if (first === item) {
        if (item.next === undefined) chains.delete(item.hash);
        else chains.set(item.hash, item.next);
        size--;
      } else {
        let before = first;
        while (before !== undefined && before.next !== item) before = before.next;
        if (before === undefined) return;
        before.next = item.next;
        size--;
      }
      item.next = undefined;
    },
    values,
    get size() {
      return size;
    },
  };
}
