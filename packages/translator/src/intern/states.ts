import type { MetricType } from "@otel-remote-write/prompb";
import type { MetricKind } from "../input/metric-kind.js";
import type { DescriptorInput, ResourceInput, ScopeInput } from "../input/metrics-input.js";
import { attributeText } from "../labels/attribute-text.js";
import { fixedLabels } from "../labels/base-labels.js";
import type { LabelInterner } from "../labels/label-interner.js";
import { createLabelTemplates } from "../labels/label-templates.js";
import { createProblemCollector } from "../labels/problem-collector.js";
import { wellFormed } from "../labels/well-formed.js";
import type { NameSuffix } from "../names/metric-name.js";
import { metadataUnit } from "../names/unit.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import { resourceLabels } from "../resource/resource-labels.js";
import { scopeLabels } from "../resource/scope-labels.js";
import { targetInfoLabels } from "../resource/target-info.js";
import { createCollections } from "./collections.js";
import type { Instrument } from "./instrument.js";
import { createRegistry, type Registry } from "./registry.js";
import type { ResourceState, ScopeState } from "./scope-state.js";
import type { Targets } from "./targets.js";

/** Finds the resource that some attributes describe, or begins to know it. */
export function resourceState<Owned>(
  resources: Registry<ResourceState<Owned>>,
  resource: ResourceInput | undefined,
  targets: Targets,
  options: ResolvedOptions,
  round: number,
): ResourceState<Owned> {
  const attributes = asObject(resource?.attributes);
  const known = resources.byShortcut(attributes);
  if (known !== undefined) return used(known, round);
  const key = attributesKey(attributes);
  const equal = resources.byKey(key, attributes);
  if (equal !== undefined) return used(equal, round);
  const problems = createProblemCollector();
  const labels = resourceLabels(attributes, options);
  const target = targets.of(labels.identity, round);
  const targetInfo = targetInfoLabels(attributes, labels, options, problems);
  return resources.add(key, attributes, {
    labels,
    target,
    targetInfo,
    targetInfoSeries: undefined,
    warnings: problems.take("target_info") ?? [],
    collections: createCollections(),
    scopes: createRegistry(),
    round,
    live: true,
  });
}

/** Finds the scope of a resource, or begins to know it. */
export function scopeState<Owned>(
  resource: ResourceState<Owned>,
  scope: ScopeInput,
  options: ResolvedOptions,
  interner: LabelInterner,
  round: number,
): ScopeState<Owned> {
  const known = resource.scopes.byShortcut(scope);
  if (known !== undefined) return used(known, round);
  const parts = [scope.name, scope.version, scope.schemaUrl].map(attributeText);
  const key = JSON.stringify([...parts, attributesKey(asObject(scope.attributes))]);
  const equal = resource.scopes.byKey(key, scope);
  if (equal !== undefined) return used(equal, round);
  const name = attributeText(scope.name);
  const problems = createProblemCollector();
  const labels = fixedLabels(resource.labels, scopeLabels(scope, options, problems), options);
  return resource.scopes.add(key, scope, {
    resource,
    name,
    labels,
    templates: createLabelTemplates(labels, options.labelName, interner),
    warnings: problems.take(name) ?? [],
    collections: createCollections(),
    resourceCollections: resource.collections,
    instruments: createRegistry(),
    round,
    live: true,
  });
}

/** Finds the instrument of a descriptor, or begins to know it. */
export function instrumentState<Owned>(
  scope: ScopeState<Owned>,
  descriptor: DescriptorInput,
  kind: MetricKind,
  type: MetricType,
  options: ResolvedOptions,
): Instrument<Owned> {
  const known = scope.instruments.byShortcut(descriptor);
  if (known?.kind === kind && known.type === type) return known;
  const name = attributeText(descriptor.name);
  const unit = attributeText(descriptor.unit);
  const key = JSON.stringify([kind, type, name, unit]);
  const equal = scope.instruments.byKey(key, descriptor);
  if (equal !== undefined) return equal;
  return scope.instruments.add(key, descriptor, {
    scope,
    title: scope.name === "" ? `the ${kind} ${name}` : `the ${kind} ${name} of ${scope.name}`,
    kind,
    type,
    name,
    unit: metadataUnit(unit),
    description: descriptor.description,
    familyName: options.metricName(name, unit, nameSuffix(kind)),
    family: undefined,
    minFamily: undefined,
    maxFamily: undefined,
    bounds: { boundaries: [], labels: [] },
    entries: undefined,
    written: undefined,
    isContested: false,
    producer: scope,
    // Not written yet.
    round: 0,
    live: true,
  });
}

function nameSuffix(kind: MetricKind): NameSuffix {
  return kind === "counter" || kind === "gauge" ? kind : "other";
}

function used<T extends { round: number }>(state: T, round: number): T {
  state.round = round;
  return state;
}

function asObject(attributes: unknown): Readonly<Record<string, unknown>> {
  return typeof attributes === "object" && attributes !== null ? (attributes as Record<string, unknown>) : {};
}

function attributesKey(attributes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(
    Object.keys(attributes)
      .toSorted()
      .map((key) => [wellFormed(key), attributeText(attributes[key])]),
  );
}
