import type { Label } from "@otel-remote-write/prompb";
import { compareBytes } from "./byte-order.js";

/** Labels sorted by the UTF-8 bytes of their names, without repeats and without empty names or values (W1.12 to 14). */
export type LabelSet = readonly Label[];

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

/** The same labels and one more, which replaces one of the same name. */
export function withLabel(labels: LabelSet, name: string, value: string): LabelSet {
  const set: Label[] = [];
  let i = 0;
  for (; i < labels.length; i++) {
    const label = labels[i];
    if (label === undefined || compareBytes(label.name, name) >= 0) break;
    set.push(label);
  }
  set.push({ name, value });
  if (labels[i]?.name === name) i++;
  for (; i < labels.length; i++) {
    const label = labels[i];
    if (label !== undefined) set.push(label);
  }
  return set;
}

/** A text that two label sets share only if they are equal: every part is preceded by its length. */
export function labelSetKey(labels: LabelSet): string {
  let key = "";
  for (const { name, value } of labels) key += `${name.length}:${name}${value.length}:${value}`;
  return key;
}
