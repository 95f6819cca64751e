export type {
  AttributesInput,
  DataPointInput,
  DescriptorInput,
  ExemplarInput,
  ExponentialBucketsInput,
  ExponentialHistogramInput,
  HistogramInput,
  HrTimeInput,
  MetricInput,
  MetricsInput,
  ResourceInput,
  ScopeInput,
  ScopeMetricsInput,
  SummaryInput,
} from "./input/metrics-input.js";
export { compareBytes } from "./labels/byte-order.js";
export type { TranslationStrategy } from "./names/translation-strategy.js";
export type { AttributeFilterOptions } from "./options/attribute-filter.js";
export type { TranslatorOptions } from "./options/translator-options.js";
export { validateTranslatorOptions } from "./options/validate.js";
export type { FloatFormat } from "./points/float-text.js";
export type { Drop, DropReason, Warning, WarningCode } from "./report.js";
export type { PointSink } from "./sink/point-sink.js";
export { translate } from "./translate.js";
export { createTranslator, type Translation, type TranslationReport, type Translator } from "./translator.js";
