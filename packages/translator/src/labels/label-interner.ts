import type { Label } from "@otel-remote-write/prompb";
import { attributeText } from "./attribute-text.js";
import { hashLabel } from "./label-set.js";

/** A label, one object for all series that have it, and its hash. */
export interface InternedLabel {
  readonly label: Label;
  readonly hash: number;
}

/** The label of an attribute's value; undefined where its text is empty. */
export type LabelOfValue = (value: unknown) => InternedLabel | undefined;

/**
 * Makes labels, mostly once each: series have most of their labels in common, and a value that was seen before need not
 * be read again.
 */
export interface LabelInterner {
  /** Makes the labels of one name. To be used only until the next `clear`. */
  named(name: string): LabelOfValue;
  /** The label of a text that is not empty. */
  label(name: string, value: string): InternedLabel;
  /** How many labels are held. */
  readonly size: number;
  /** Lets go of all of them. Labels that are made from then on are other objects. */
  clear(): void;
  /** Rises with every `clear`. */
  readonly generation: number;
}

export function newLabel(name: string, value: string): InternedLabel {
  const label = { name, value };
  return { label, hash: hashLabel(label) };
}

export function createLabelInterner(): LabelInterner {
  const names = new Map<string, LabelOfValue>();
  let size = 0;
  let generation = 0;

  function createNamed(name: string): LabelOfValue {
    const labels = new Map<unknown, InternedLabel>();
    return (value) => {
      // Arrays and maps may change, and are found by their texts.
      const key = isScalar(value) ? value : attributeText(value);
      const known = labels.get(key);
      if (known !== undefined) return known;
      const text = attributeText(value);
      if (text === "") return undefined;
      const made = newLabel(name, text);
      labels.set(key, made);
      size++;
      return made;
    };
  }

  function named(name: string): LabelOfValue {
    let known = names.get(name);
    if (known === undefined) {
      known = createNamed(name);
      names.set(name, known);
    }
    return known;
  }

  return {
    named,
    label: (name, value) => named(name)(value) ?? newLabel(name, value),
    get size() {
      return size;
    },
    clear() {
      names.clear();
      size = 0;
      generation++;
    },
    get generation() {
      return generation;
    },
  };
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
