import { attributeText } from "./attribute-text.js";
import { compareBytes } from "./byte-order.js";
import { wellFormed } from "./well-formed.js";

/** Translates an attribute's key into a label's name; undefined: there is none. */
export type LabelNamer = (key: string) => string | undefined;

/** Told what happened to labels that could not stay as they were. */
export interface LabelProblems {
  /** Several keys met one label; the values are joined. */
  collision(label: string, keys: readonly string[]): void;
  /** A key gives no valid label name; the label is left out. */
  invalidName(key: string): void;
}

/**
 * Attributes as labels: in the byte order of their keys, and where several keys meet one label name, their values are
 * joined with `;` in that order (T21). The label `__name__` is left out: it would replace the metric's name (TR8).
 */
export function collectLabels(
  attributes: Readonly<Record<string, unknown>>,
  namer: LabelNamer,
  problems: LabelProblems,
): Map<string, string> {
  const labels = new Map<string, string>();
  const collisions = new Map<string, string[]>();
  const firstKeys = new Map<string, string>();
  for (const key of Object.keys(attributes).toSorted(compareBytes)) {
    const name = namer(wellFormed(key));
    if (name === undefined) {
      problems.invalidName(key);
      continue;
    }
    if (name === "__name__") continue;
    const value = attributeText(attributes[key]);
    const before = labels.get(name);
    if (before === undefined) {
      labels.set(name, value);
      firstKeys.set(name, key);
    } else {
      labels.set(name, before === "" ? value : `${before};${value}`);
      const keys = collisions.get(name);
      if (keys === undefined) collisions.set(name, [firstKeys.get(name) ?? "", key]);
      else keys.push(key);
    }
  }
  for (const [name, keys] of collisions) problems.collision(name, keys);
  return labels;
}
