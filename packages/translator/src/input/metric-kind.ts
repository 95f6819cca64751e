import type { MetricType } from "@otel-remote-write/prompb";
import type { MetricInput } from "./metrics-input.js";

/** What a metric is: the SDK's data point types, sums by their monotonicity. */
export type MetricKind =
  | "counter"
  | "upDownCounter"
  | "gauge"
  | "histogram"
  | "exponentialHistogram"
  | "summary";

/** The kind of a metric, or undefined where it is none that is known. */
export function metricKind(metric: MetricInput): MetricKind | undefined {
  switch (metric.dataPointType) {
    case 0:
      return "histogram";
    case 1:
      return "exponentialHistogram";
    case 2:
      return "gauge";
    case 3:
      return metric.isMonotonic === true ? "counter" : "upDownCounter";
    case 4:
      return "summary";
    default:
      return undefined;
  }
}

/** Gauges and summaries have no temporality; of the others only cumulative ones can be translated (T10, T16, T19). */
export function isCumulative(metric: MetricInput, kind: MetricKind): boolean {
  return kind === "gauge" || kind === "summary" || metric.aggregationTemporality === 1;
}

/** The Prometheus type of a metric (T9, T10). */
export function prometheusType(metric: MetricInput, kind: MetricKind): MetricType {
  if (kind === "counter" || kind === "summary") return kind;
  if (kind === "histogram" || kind === "exponentialHistogram") return "histogram";
  const declared = metric.metadata?.["prometheus.type"];
  return declared === "unknown" || declared === "info" || declared === "stateset" ? declared : "gauge";
}
