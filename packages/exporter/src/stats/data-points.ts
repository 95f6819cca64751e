import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { Drop } from "@otel-remote-write/translator";

/** How many data points a collection has. */
export interface DataPointCounts {
  readonly total: number;
  /** By the name of the metric. */
  readonly ofMetric: ReadonlyMap<string, number>;
}

/** What is there may be anything: the translator says what cannot be read. */
export function countDataPoints(metrics: ResourceMetrics): DataPointCounts {
  const ofMetric = new Map<string, number>();
  let total = 0;
  try {
    for (const scope of metrics.scopeMetrics) {
      for (const { descriptor, dataPoints } of scope.metrics) {
        total += dataPoints.length;
        ofMetric.set(descriptor.name, dataPoints.length);
      }
    }
  } catch {
    // As many as could be counted.
  }
  return { total, ofMetric };
}

const wholeMetric: ReadonlySet<string> = new Set<Drop["reason"]>([
  "delta_temporality",
  "unsupported_metric_type",
  "empty_name",
  "type_conflict",
]);

/** How many data points are dropped with it. */
export function pointsOfDrop({ metric, reason }: Drop, { ofMetric }: DataPointCounts): number {
  return wholeMetric.has(reason) ? (ofMetric.get(metric) ?? 0) : 1;
}
