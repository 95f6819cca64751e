import type { AttributesInput } from "../input/metrics-input.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import type { ResourceLabels } from "../resource/resource-labels.js";
import { collectLabels, type LabelProblems } from "./label-collector.js";
import { toLabelSet, type LabelSet } from "./label-set.js";

/**
 * The labels that all series of a point share, without `__name__` (facts 5.2): its attributes; promoted resource
 * attributes and external labels, which replace nothing; `job`, `instance` and the scope's labels, which win.
 */
export function baseLabels(
  attributes: AttributesInput,
  resource: ResourceLabels,
  scope: ReadonlyMap<string, string>,
  options: ResolvedOptions,
  problems: LabelProblems & { overridden(label: string): void },
): LabelSet {
  const labels = collectLabels(attributes, options.labelName, problems);
  for (const [name, value] of resource.promoted) if (!labels.get(name)) labels.set(name, value);
  for (const [name, value] of resource.identity) {
    if (labels.get(name) && !resource.promoted.has(name)) problems.overridden(name);
    labels.set(name, value);
  }
  for (const [name, value] of options.externalLabels) if (!labels.get(name)) labels.set(name, value);
  for (const [name, value] of scope) {
    if (labels.get(name)) problems.overridden(name);
    labels.set(name, value);
  }
  return toLabelSet(labels);
}
