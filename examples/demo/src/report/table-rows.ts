import {
  histogramLabels,
  type RecordedHistogram,
  type RecordedMetric,
  type RecordedValue,
} from "../recorded/recorded-metric.js";
import type { Labels } from "../recorded/series.js";
import { bucketBar } from "./bucket-bar.js";
import type { Compared, Comparison } from "./compare.js";
import { pairText } from "./number-text.js";

/** The rows of one metric. */
export interface TableSection {
  readonly name: string;
  readonly type: RecordedMetric["type"];
  readonly labelNames: readonly string[];
  readonly rows: readonly TableRow[];
}

/** One series, or one histogram with all of its series. */
interface TableRow {
  /** In the order of the section's names; a dash where the series has no such label. */
  readonly labelValues: readonly string[];
  readonly recorded: string;
  readonly arrived: string;
  /** Of what arrived. Empty where there are no buckets. */
  readonly buckets: string;
  readonly same: boolean;
}

/** @param common labels of all series of this metric, which the table leaves out */
export function tableSection(metric: RecordedMetric, common: Labels, comparison: Comparison): TableSection {
  const { name, type, points } = metric;
  const labelNames = [...new Set(points.flatMap(({ labels }) => Object.keys(labels)))];
  const context = { name, common, comparison, labelNames };
  const rows = points.map((point) =>
    "value" in point ? valueRow(point, context) : histogramRow(point, context),
  );
  const sorted = rows.toSorted((a, b) => compareText(a.labelValues.join("\0"), b.labelValues.join("\0")));
  return { name, type, labelNames, rows: sorted };
}

interface Context {
  readonly name: string;
  readonly common: Labels;
  readonly comparison: Comparison;
  readonly labelNames: readonly string[];
}

function valueRow({ labels }: RecordedValue, { name, common, comparison, labelNames }: Context): TableRow {
  const found = comparison.find({ ...labels, ...common, __name__: name });
  const [recorded, arrived] = texts(found);
  const labelValues = valuesOf(labels, labelNames);
  return { labelValues, recorded, arrived, buckets: "", same: found?.same === true };
}

function histogramRow(point: RecordedHistogram, { name, common, comparison, labelNames }: Context): TableRow {
  const labels = histogramLabels(name, point, common);
  const count = comparison.find(labels.count);
  const sum = comparison.find(labels.sum);
  const buckets = labels.buckets.map((bucket) => comparison.find(bucket));
  const [recordedCount, arrivedCount] = texts(count);
  const [recordedSum, arrivedSum] = texts(sum);
  const isMissing = count?.arrived === undefined && sum?.arrived === undefined;
  return {
    labelValues: valuesOf(point.labels, labelNames),
    recorded: `${recordedCount} (Σ ${recordedSum})`,
    arrived: isMissing ? arrivedCount : `${arrivedCount} (Σ ${arrivedSum})`,
    buckets: isMissing ? "" : bucketBar(differences(buckets.map((bucket) => bucket?.arrived ?? 0))),
    same: [count, sum, ...buckets].every((series) => series?.same === true),
  };
}

function valuesOf(labels: Labels, names: readonly string[]): string[] {
  return names.map((name) => labels[name] ?? "–");
}

function texts(series: Compared | undefined): readonly [recorded: string, arrived: string] {
  return pairText(series?.recorded, series?.arrived, series?.same === true);
}

/** From cumulative buckets to what is in each. */
function differences(cumulative: readonly number[]): number[] {
  return cumulative.map((value, index) => value - (cumulative[index - 1] ?? 0));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
