import type { Label } from "@otel-remote-write/prompb";
import type { AttributesInput } from "../input/metrics-input.js";
import type { FixedLabels } from "./base-labels.js";
import { compareBytes } from "./byte-order.js";
import type { LabelNamer } from "./label-collector.js";
import type { LabelInterner, LabelOfValue } from "./label-interner.js";
import type { HashedLabels } from "./label-set.js";
import { wellFormed } from "./well-formed.js";

/**
 * Makes the base labels of points whose attributes have keys that were seen before: names and order are known then, and
 * only values are looked up. It gives what `baseLabels` does, or nothing where that has more to do.
 */
export type LabelTemplates = (attributes: AttributesInput) => HashedLabels | undefined;

/** What attributes with the same keys in the same order have in common. */
interface Template {
  readonly slots: readonly { readonly key: string; readonly position: number; readonly of: LabelOfValue }[];
  /** In their order, with empty ones in place of those from attributes. */
  readonly labels: readonly Label[];
  /** Of the fixed labels. */
  readonly hash: number;
}

/** Where the keys so far have led. */
interface Node {
  readonly next: Map<string, Node>;
  /** Null: not every set of such attributes gives labels in one way. Undefined: not seen yet. */
  template: Template | null | undefined;
}

/** So many different lists of keys are remembered. */
const maxTemplates = 1000;

export function createLabelTemplates(
  fixed: FixedLabels,
  namer: LabelNamer,
  interner: LabelInterner,
): LabelTemplates {
  let root = newNode();
  let count = 0;
  let { generation } = interner;

  function templateOf(keys: readonly string[]): Template | null {
    if (count >= maxTemplates || generation !== interner.generation) {
      root = newNode();
      count = 0;
      ({ generation } = interner);
    }
    let node = root;
    for (const key of keys) {
      let next = node.next.get(key);
      if (next === undefined) {
        next = newNode();
        node.next.set(key, next);
      }
      node = next;
    }
    if (node.template === undefined) {
      node.template = createTemplate(keys, fixed, namer, interner);
      count++;
    }
    return node.template;
  }

  return (attributes) => {
    const template = templateOf(Object.keys(attributes));
    return template === null ? undefined : fill(template, attributes);
  };
}

function newNode(): Node {
  return { next: new Map(), template: undefined };
}

/** Null where keys meet each other, or a label that is there anyway, or give no name. */
function createTemplate(
  keys: readonly string[],
  { winning, winningNames, yielding }: FixedLabels,
  namer: LabelNamer,
  interner: LabelInterner,
): Template | null {
  const keyOf = new Map<string, string>();
  for (const key of keys) {
    const name = namer(wellFormed(key));
    const isPlain = name !== undefined && name !== "__name__" && !winningNames.has(name) && !keyOf.has(name);
    if (!isPlain) return null;
    keyOf.set(name, key);
  }
  const always = [...winning, ...yielding.filter(({ label }) => !keyOf.has(label.name))];
  const own = Array.from(keyOf.keys(), (name) => ({ name, value: "" }));
  const labels = [...always.map(({ label }) => label), ...own].toSorted((a, b) =>
    compareBytes(a.name, b.name),
  );
  return {
    slots: own.map((label) => ({
      key: keyOf.get(label.name) ?? "",
      position: labels.indexOf(label),
      of: interner.named(label.name),
    })),
    labels,
    hash: always.reduce((sum, { hash }) => (sum + hash) | 0, 0),
  };
}

/** Undefined where a value is empty: such labels vanish, and may let others show. */
function fill(
  { slots, labels: fixed, hash: fixedHash }: Template,
  attributes: AttributesInput,
): HashedLabels | undefined {
  const labels = fixed.slice();
  let hash = fixedHash;
  for (const { key, position, of } of slots) {
    const interned = of(attributes[key]);
    if (interned === undefined) return undefined;
    labels[position] = interned.label;
    hash = (hash + interned.hash) | 0;
  }
  return { labels, hash };
}
