import type { TranslationStrategy } from "../names/translation-strategy.js";
import type { FloatFormat } from "../points/float-text.js";
import type { AttributeFilterOptions } from "./attribute-filter.js";

/** How metrics are translated. Everything is optional. */
export interface TranslatorOptions {
  /**
   * How metric and label names are translated (T27). Default `"UnderscoreEscapingWithSuffixes"`, the specification's
   * and Prometheus'. The two without escaping need remote write 2.0.
   */
  readonly translationStrategy?: TranslationStrategy | undefined;
  /** Put before every metric name with a `_`, except `target_info`. Default: none. */
  readonly namespace?: string | undefined;
  /** Labels for every series, which never replace another label. Names are translated, values not empty. Default: none. */
  readonly externalLabels?: Readonly<Record<string, string>> | undefined;
  /**
   * Resource attributes that become labels of every series (T26). Default: none, since they are joined from
   * `target_info`. An object without `include` takes all.
   */
  readonly resourceLabels?: AttributeFilterOptions | undefined;
  /**
   * Whether `target_info` is sent, and with which resource attributes (T24). Default `true`: all but `service.name`,
   * `service.namespace` and `service.instance.id`, which are `job` and `instance` already. They are kept where
   * `include` matches them.
   */
  readonly targetInfo?: boolean | AttributeFilterOptions | undefined;
  /** Whether series carry `otel_scope_name`, `_version`, `_schema_url` and the scope's attributes (T8). Default `true`. */
  readonly scopeInfo?: boolean | undefined;
  /**
   * What explicit histograms become: `"classic"` series with `le` (the default), one native histogram with custom
   * buckets (`"customBuckets"`, needs remote write 2.0), or both. Exponential histograms are always native.
   */
  readonly explicitHistograms?: "classic" | "customBuckets" | "both" | undefined;
  /**
   * Whether histograms get the gauges `_min` and `_max`. Default `false`, as the specification has it (T15). A
   * histogram without boundaries is then exactly `_min`, `_max`, `_sum` and `_count`.
   */
  readonly minMax?: boolean | undefined;
  /** Quantiles from 0 to 1 that are estimated from the buckets of histograms, as `{quantile="…"}`. Default: none. */
  readonly quantiles?: readonly number[] | undefined;
  /**
   * How numbers in `le` and `quantile` are written: `"shortest"` decimal (`1`, the default, as Prometheus' own OTLP
   * endpoint), or as `"openmetrics"` has it (`1.0`), as Prometheus 3 writes them when scraping.
   */
  readonly leFormat?: FloatFormat | undefined;
  /** Whether label names that begin with one `_` get `key` before it. Default `false`, as the specification has it. */
  readonly underscoreLabelSanitization?: boolean | undefined;
  /** Whether runs of `_` in label names stay. Default `false`, as the specification has it. */
  readonly preserveMultipleUnderscores?: boolean | undefined;
  /** `instance` of resources without `service.instance.id`. Default: none, and no `instance` label (T25, W1.14). */
  readonly fallbackInstance?: string | undefined;
}
