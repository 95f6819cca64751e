import type { LabelNamer } from "../labels/label-collector.js";
import { wellFormed } from "../labels/well-formed.js";
import { labelName } from "../names/label-name.js";
import { createMetricNamer, type MetricNamer } from "../names/metric-name.js";
import { escapesNames } from "../names/translation-strategy.js";
import { floatText, type FloatText } from "../points/float-text.js";
import { isIdentifying } from "../resource/identity.js";
import { attributeFilter, type AttributeFilter } from "./attribute-filter.js";
import type { TranslatorOptions } from "./translator-options.js";

/** The options with their defaults, as functions where they are used as functions. */
export interface ResolvedOptions {
  readonly metricName: MetricNamer;
  readonly labelName: LabelNamer;
  readonly externalLabels: ReadonlyMap<string, string>;
  readonly promotes: AttributeFilter;
  /** Undefined: no `target_info`. */
  readonly describesTarget: AttributeFilter | undefined;
  readonly scopeInfo: boolean;
  readonly classicHistograms: boolean;
  readonly customBuckets: boolean;
  readonly minMax: boolean;
  readonly quantiles: readonly number[];
  readonly floatText: FloatText;
  readonly fallbackInstance: string;
}

export function resolveOptions(options: TranslatorOptions): ResolvedOptions {
  const strategy = options.translationStrategy ?? "UnderscoreEscapingWithSuffixes";
  const explicit = options.explicitHistograms ?? "classic";
  const namer = createLabelNamer(options);
  return {
    metricName: createMetricNamer(strategy, wellFormed(options.namespace ?? "")),
    labelName: namer,
    externalLabels: externalLabels(options.externalLabels ?? {}, namer),
    promotes:
      options.resourceLabels === undefined
        ? () => false
        : attributeFilter(options.resourceLabels, () => true),
    describesTarget: targetFilter(options.targetInfo),
    scopeInfo: options.scopeInfo ?? true,
    classicHistograms: explicit !== "customBuckets",
    customBuckets: explicit !== "classic",
    minMax: options.minMax ?? false,
    quantiles: [...new Set(options.quantiles)].toSorted((a, b) => a - b),
    floatText: floatText(options.leFormat ?? "shortest"),
    fallbackInstance: wellFormed(options.fallbackInstance ?? ""),
  };
}

export function createLabelNamer(options: TranslatorOptions): LabelNamer {
  const rules = {
    utf8: !escapesNames(options.translationStrategy ?? "UnderscoreEscapingWithSuffixes"),
    underscoreLabelSanitization: options.underscoreLabelSanitization ?? false,
    preserveMultipleUnderscores: options.preserveMultipleUnderscores ?? false,
  };
  return (key) => labelName(key, rules);
}

function externalLabels(labels: Readonly<Record<string, string>>, namer: LabelNamer): Map<string, string> {
  const translated = new Map<string, string>();
  for (const [key, value] of Object.entries(labels)) {
    const name = namer(wellFormed(key));
    if (name !== undefined) translated.set(name, wellFormed(value));
  }
  return translated;
}

function targetFilter(option: TranslatorOptions["targetInfo"]): AttributeFilter | undefined {
  if (option === false) return undefined;
  return attributeFilter(option === true || option === undefined ? {} : option, (key) => !isIdentifying(key));
}
