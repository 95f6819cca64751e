import type { MetricsInput } from "./input/metrics-input.js";
import type { TranslatorOptions } from "./options/translator-options.js";
import { createTranslator, type Translation } from "./translator.js";

/**
 * Translates OpenTelemetry metrics to Prometheus time series: a pure function. Whoever translates one collection after
 * the other is better served by `createTranslator`.
 *
 * @throws TypeError or RangeError for options that are wrong, naming the option; never because of the metrics.
 */
export function translate(metrics: MetricsInput, options: TranslatorOptions = {}): Translation {
  return createTranslator(options).translate(metrics);
}
