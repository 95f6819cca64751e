import type { Label } from "@otel-remote-write/prompb";
import { compareBytes } from "./byte-order.js";

/** Labels sorted by the UTF-8 bytes of their names, without repeats and without empty names or values (W1.12 to 14). */
export type LabelSet = readonly Label[];

/** A label set and its hash. */
export interface HashedLabels {
  readonly labels: LabelSet;
  readonly hash: number;
}

/** Sorts what a map of label names to values holds; labels without value vanish. */
export function toLabelSet(labels: ReadonlyMap<string, string>): LabelSet {
  const set: Label[] = [];
  for (const [name, value] of labels) {
    if (name !== "" && value !== "") set.push({ name, value });
  }
  return sortLabels(set);
}

export function sortLabels(labels: readonly Label[]): LabelSet {
  return labels.toSorted((a, b) => compareBytes(a.name, b.name));
}

/** The same labels without one; the very same where it is not there. */
export function withoutLabel(base: HashedLabels, name: string): HashedLabels {
  const label = base.labels.find((each) => each.name === name);
  if (label === undefined) return base;
  return {
    labels: base.labels.filter((each) => each !== label),
    hash: (base.hash - hashLabel(label)) | 0,
  };
}

export function equalLabels(a: LabelSet, b: LabelSet): boolean {
  return a === b || (a.length === b.length && a.every((label, i) => equalLabel(label, b[i])));
}

export function equalLabel(a: Label | undefined, b: Label | undefined): boolean {
  return a === b || (a !== undefined && a.name === b?.name && a.value === b.value);
}

/** A 32-bit number that equal label sets share; others may share it, too. It is the sum of the labels' own. */
export function hashLabels(labels: LabelSet): number {
  let hash = 0;
  for (const label of labels) hash = (hash + hashLabel(label)) | 0;
  return hash;
}

export function hashLabel({ name, value }: Label): number {
  const hash = hashText(hashText(0x811c9dc5, name), value);
  // Every bit of the text counts in every bit of a sum.
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) | 0;
}

/** FNV-1a over the text's code units and its end. */
function hashText(start: number, text: string): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ 0xff, 0x01000193);
}
