import { hrTimeToMillis } from "../input/hr-time.js";
import type { MetricInput, ScopeMetricsInput } from "../input/metrics-input.js";

/** The end time of the first point that has one, by which a collection is recognised; NaN: there is none. */
export function firstEndTime(scopes: readonly ScopeMetricsInput[]): number {
  for (const { metrics: list } of scopes) {
    for (const metric of list) {
      const time = firstOf(metric);
      if (!Number.isNaN(time)) return time;
    }
  }
  return Number.NaN;
}

function firstOf({ dataPoints }: MetricInput): number {
  try {
    for (const { endTime } of dataPoints) {
      const time = hrTimeToMillis(endTime);
      if (!Number.isNaN(time)) return time;
    }
  } catch {
    // Whoever writes the metric finds the same, and reports it.
  }
  return Number.NaN;
}
