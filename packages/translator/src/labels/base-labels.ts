import type { Label } from "@otel-remote-write/prompb";
import type { AttributesInput } from "../input/metrics-input.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import type { ResourceLabels } from "../resource/resource-labels.js";
import { collectLabels, type LabelProblems } from "./label-collector.js";
import { sortLabels, toLabelSet, type LabelSet } from "./label-set.js";

/** The labels that all points of a scope have besides their attributes. They are made once, and shared. */
export interface FixedLabels {
  /** `job`, `instance` and the scope's labels: they replace attributes. */
  readonly winning: LabelSet;
  /** The names of those, also of scope labels without a value. */
  readonly winningNames: ReadonlySet<string>;
  /** Promoted resource attributes and external labels: they replace nothing. */
  readonly yielding: LabelSet;
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
    winning: toLabelSet(winning),
    winningNames: new Set(winning.keys()),
    yielding: toLabelSet(yielding),
  };
}

/** The labels that all series of a point share, without `__name__` (facts 5.2): its attributes, and the fixed ones. */
export function baseLabels(
  attributes: AttributesInput,
  { winning, winningNames, yielding }: FixedLabels,
  options: ResolvedOptions,
  problems: LabelProblems & { overridden(label: string): void },
): LabelSet {
  const own = collectLabels(attributes, options.labelName, problems);
  const labels: Label[] = [...winning];
  for (const [name, value] of own) {
    if (value === "") continue;
    if (winningNames.has(name)) problems.overridden(name);
    else labels.push({ name, value });
  }
  for (const label of yielding) if (!own.get(label.name)) labels.push(label);
  return sortLabels(labels);
}
