import type { AttributesInput, ScopeInput } from "../input/metrics-input.js";
import { collectLabels, type LabelProblems } from "../labels/label-collector.js";
import { attributeText } from "../labels/attribute-text.js";
import type { ResolvedOptions } from "../options/resolve-options.js";

const prefix = "otel_scope_";

/** The labels that an instrumentation scope gives to its series (T8). A scope without a name gives none. */
export function scopeLabels(
  scope: ScopeInput,
  options: ResolvedOptions,
  problems: LabelProblems & { scopeConflict(key: string, label: string): void },
): ReadonlyMap<string, string> {
  const name = attributeText(scope.name);
  if (!options.scopeInfo || name === "") return new Map();
  const attributes: AttributesInput = scope.attributes ?? {};
  const labels = collectLabels(attributes, (key) => options.labelName(prefix + key), problems);
  const own: readonly [string, string][] = [
    ["otel_scope_name", name],
    ["otel_scope_version", attributeText(scope.version)],
    ["otel_scope_schema_url", attributeText(scope.schemaUrl)],
  ];
  for (const [label, value] of own) {
    if (labels.has(label)) problems.scopeConflict(label.slice(prefix.length), label);
    labels.set(label, value);
  }
  return labels;
}
