import type { Label, TimeSeries } from "@otel-remote-write/prompb";
import type {
  AttributesInput,
  DataPointInput,
  ExponentialHistogramInput,
  HistogramInput,
  HrTimeInput,
  MetricInput,
  MetricsInput,
  ScopeInput,
} from "../index.js";

/** When tests take place: in milliseconds, and as OpenTelemetry counts. */
export const startMillis = 1_700_000_000_000;
export const endMillis = 1_700_000_060_000;

export function hrTime(millis: number): HrTimeInput {
  return [Math.floor(millis / 1000), (millis % 1000) * 1_000_000];
}

/** A point of new objects, from `startMillis` to `endMillis`. */
export function point(
  value: DataPointInput["value"],
  attributes: AttributesInput = {},
  more: Partial<DataPointInput> = {},
): DataPointInput {
  return { attributes, startTime: hrTime(startMillis), endTime: hrTime(endMillis), value, ...more };
}

/** A metric with points, or with the values of points without attributes. */
function metric(
  dataPointType: number,
  name: string,
  points: readonly (DataPointInput | DataPointInput["value"])[],
  more: Partial<MetricInput> & { readonly unit?: string; readonly description?: string } = {},
): MetricInput {
  const { unit = "", description = "", ...rest } = more;
  const dataPoints = points.map((each) =>
    typeof each === "object" && "endTime" in each ? each : point(each),
  );
  return {
    descriptor: { name, unit, description },
    dataPointType,
    aggregationTemporality: 1,
    dataPoints,
    ...rest,
  };
}

type Points = readonly (DataPointInput | DataPointInput["value"])[];
type More = Parameters<typeof metric>[3];

export const counter = (name: string, points: Points, more?: More): MetricInput =>
  metric(3, name, points, { isMonotonic: true, ...more });
export const upDownCounter = (name: string, points: Points, more?: More): MetricInput =>
  metric(3, name, points, { isMonotonic: false, ...more });
export const gauge = (name: string, points: Points, more?: More): MetricInput =>
  metric(2, name, points, more);
export const histogram = (name: string, points: Points, more?: More): MetricInput =>
  metric(0, name, points, more);
export const exponential = (name: string, points: Points, more?: More): MetricInput =>
  metric(1, name, points, more);
export const summary = (name: string, points: Points, more?: More): MetricInput =>
  metric(4, name, points, more);

export function explicitValue(
  boundaries: readonly number[],
  counts: readonly number[],
  more: Partial<HistogramInput> = {},
): HistogramInput {
  const count = counts.reduce((sum, each) => sum + each, 0);
  return { buckets: { boundaries, counts }, count, sum: 7, ...more };
}

export function exponentialValue(more: Partial<ExponentialHistogramInput> = {}): ExponentialHistogramInput {
  const noBuckets = { offset: 0, bucketCounts: [] };
  return { count: 0, sum: 7, scale: 0, zeroCount: 0, positive: noBuckets, negative: noBuckets, ...more };
}

/** Metrics of one scope without a name, of a resource without attributes: nothing but the points makes labels. */
export function metrics(
  list: readonly MetricInput[],
  { resource = {}, scope = { name: "" } }: { resource?: AttributesInput; scope?: ScopeInput } = {},
): MetricsInput {
  return { resource: { attributes: resource }, scopeMetrics: [{ scope, metrics: list }] };
}

/** The labels of a series as an object. */
export function labelsOf({ labels }: { readonly labels: readonly Label[] }): Record<string, string> {
  return Object.fromEntries(labels.map(({ name, value }) => [name, value]));
}

/** A series in short: `name{label="value"}`. */
export function shortName(series: { readonly labels: readonly Label[] }): string {
  const { __name__ = "", ...labels } = labelsOf(series);
  const texts = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return texts.length === 0 ? __name__ : `${__name__}{${texts.join(",")}}`;
}

/** All float samples in short, by their series: one value, or several in the order of time. */
export function valuesOf(timeSeries: readonly TimeSeries[]): Record<string, number | readonly number[]> {
  return Object.fromEntries(
    timeSeries.map((series) => {
      const values = series.samples.map(({ value }) => value);
      return [shortName(series), values.length === 1 ? (values[0] ?? Number.NaN) : values];
    }),
  );
}

/** Bucket counts by their index, without empty ones. */
export function sparseBuckets(
  spans: readonly { readonly offset: number; readonly length: number }[],
  deltas: readonly number[],
): Record<string, number> {
  const sparse: Record<string, number> = {};
  let index = 0;
  let position = 0;
  let count = 0;
  for (const { offset, length } of spans) {
    index += offset;
    for (let i = 0; i < length; i++, index++) {
      count += deltas[position++] ?? Number.NaN;
      if (count !== 0) sparse[index] = count;
    }
  }
  return sparse;
}
