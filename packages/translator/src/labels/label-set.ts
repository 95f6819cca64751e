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
  let i = 0;
  while (i < labels.length && compareBytes(labels[i]?.name ?? "", name) < 0) i++;
  return labels.toSpliced(i, labels[i]?.name === name ? 1 : 0, { name, value });
}

export function equalLabels(a: LabelSet, b: LabelSet): boolean {
  return (
    a.length === b.length && a.every((label, i) => label.name === b[i]?.name && label.value === b[i].value)
  );
}

/** A number below 2^30 that equal label sets share; others may share it, too. */
export function hashLabels(labels: LabelSet): number {
  let hash = 0x811c9dc5;
  for (const { name, value } of labels) hash = hashText(hashText(hash, name), value);
  return hash >>> 2;
}

/** FNV-1a over the text's code units and its end. */
function hashText(start: number, text: string): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ 0xff, 0x01000193);
}
