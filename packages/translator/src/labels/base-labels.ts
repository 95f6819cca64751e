import type { AttributesInput } from "../input/metrics-input.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import type { ResourceLabels } from "../resource/resource-labels.js";
import { collectLabels, type LabelProblems } from "./label-collector.js";
import { newLabel, type InternedLabel, type LabelInterner } from "./label-interner.js";
import { sortLabels, type HashedLabels } from "./label-set.js";

/** The labels that all points of a scope have besides their attributes. They are made once, and shared. */
export interface FixedLabels {
  /** `job`, `instance` and the scope's labels: they replace attributes. */
  readonly winning: readonly InternedLabel[];
  /** The names of those, also of scope labels without a value. */
  readonly winningNames: ReadonlySet<string>;
  /** Promoted resource attributes and external labels: they replace nothing. */
  readonly yielding: readonly InternedLabel[];
}

export function fixedLabels(
  resource: ResourceLabels,
  scope: ReadonlyMap<string, string>,
  options: ResolvedOptions,
): FixedLabels {
  const winning = new Map([...resource.identity, ...scope]);
  const yielding = new Map([...options.externalLabels, ...resource.promoted]);
  for (const name of winning.keys()) yielding.delete(name);
  return {
    winning: withValues(winning),
    winningNames: new Set(winning.keys()),
    yielding: withValues(yielding),
  };
}

function withValues(labels: ReadonlyMap<string, string>): InternedLabel[] {
  const interned: InternedLabel[] = [];
  for (const [name, value] of labels) if (name !== "" && value !== "") interned.push(newLabel(name, value));
  return interned;
}

/** The labels that all series of a point share, without `__name__` (facts 5.2): its attributes, and the fixed ones. */
export function baseLabels(
  attributes: AttributesInput,
  { winning, winningNames, yielding }: FixedLabels,
  options: ResolvedOptions,
  interner: LabelInterner,
  problems: LabelProblems & { overridden(label: string): void },
): HashedLabels {
  const own = collectLabels(attributes, options.labelName, problems);
  const labels = [...winning];
  for (const [name, value] of own) {
    if (value === "") continue;
    if (winningNames.has(name)) problems.overridden(name);
    else labels.push(interner.label(name, value));
  }
  for (const each of yielding) if (!own.get(each.label.name)) labels.push(each);
  return {
    labels: sortLabels(labels.map(({ label }) => label)),
    hash: labels.reduce((sum, { hash }) => (sum + hash) | 0, 0),
  };
}
