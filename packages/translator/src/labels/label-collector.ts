import { attributeText } from "./attribute-text.js";
import { compareBytes } from "./byte-order.js";
import { wellFormed } from "./well-formed.js";

/** Translates an attribute's key into a label's name; undefined: there is none. */
export type LabelNamer = (key: string) => string | undefined;

/** Told what happened to labels that could not stay as they were. */
export interface LabelProblems {
  /** Several keys met one label; the values are joined. */
  collision(label: string, keys: readonly string[]): void;
  /** A key would give the label that holds the metric's name; it is left out. */
  reservedName(key: string): void;
  /** A key gives no valid label name; it is left out. */
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
  let keysByName: Map<string, string[]> | undefined;
  const keys = Object.keys(attributes).toSorted(compareBytes);
  for (const key of keys) {
    const name = namer(wellFormed(key));
    if (name === undefined) {
      problems.invalidName(key);
      continue;
    }
    if (name === "__name__") {
      problems.reservedName(key);
      continue;
    }
    const value = attributeText(attributes[key]);
    const before = labels.get(name);
    if (before === undefined) {
      labels.set(name, value);
    } else {
      labels.set(name, before === "" ? value : `${before};${value}`);
      keysByName ??= groupByName(keys, namer);
    }
  }
  for (const [name, colliding] of keysByName ?? []) {
    if (colliding.length > 1 && labels.has(name)) problems.collision(name, colliding);
  }
  return labels;
}

/** Needed only where labels collide, which is rare. */
function groupByName(keys: readonly string[], namer: LabelNamer): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const name = namer(wellFormed(key)) ?? "";
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [key]);
    else group.push(key);
  }
  return groups;
}
