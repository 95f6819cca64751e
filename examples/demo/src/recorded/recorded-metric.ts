import type { Labels, Series } from "./series.js";

/** Everything recorded with one instrument, as Prometheus is expected to have it. */
export interface RecordedMetric {
  /** As in Prometheus: `shop_orders_total`; for a histogram without `_count`, `_sum`, `_bucket`. */
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram" | "info";
  readonly points: readonly RecordedPoint[];
}

/** The labels are those of the attributes. */
export type RecordedPoint = RecordedValue | RecordedHistogram;

export interface RecordedValue {
  readonly labels: Labels;
  readonly value: number;
}

export interface RecordedHistogram {
  readonly labels: Labels;
  /** Upper bounds, ascending, without infinity. */
  readonly bounds: readonly number[];
  /** Measurements in each bucket, not cumulative; one more than bounds. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** All series of a metric. Prometheus counts a histogram's buckets cumulatively. */
export function seriesOf({ name, points }: RecordedMetric, common: Labels): Series[] {
  return points.flatMap((point): Series[] => {
    const labels = { ...point.labels, ...common };
    if ("value" in point) return [{ labels: { ...labels, __name__: name }, value: point.value }];
    const { count, sum, buckets } = histogramLabels(name, point, common);
    let inBuckets = 0;
    const bucketSeries = buckets.map((bucket, index) => {
      inBuckets += point.counts[index] ?? 0;
      return { labels: bucket, value: inBuckets };
    });
    return [{ labels: count, value: inBuckets }, { labels: sum, value: point.sum }, ...bucketSeries];
  });
}

/** The labels of each series that a histogram is in Prometheus. */
export function histogramLabels(
  name: string,
  { labels, bounds }: RecordedHistogram,
  common: Labels,
): { readonly count: Labels; readonly sum: Labels; readonly buckets: readonly Labels[] } {
  const all = { ...labels, ...common };
  return {
    count: { ...all, __name__: `${name}_count` },
    sum: { ...all, __name__: `${name}_sum` },
    buckets: [...bounds, "+Inf"].map((le) =>
      Object.assign({ le: String(le), __name__: `${name}_bucket` }, all),
    ),
  };
}
