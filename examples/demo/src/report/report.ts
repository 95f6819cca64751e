import { type RecordedMetric, seriesOf } from "../recorded/recorded-metric.js";
import type { Labels, Series } from "../recorded/series.js";
import { scopeLabels, targetInfo, targetLabels } from "../resource.js";
import { compare, type Comparison } from "./compare.js";
import type { Paint } from "./paint.js";
import { renderTable } from "./table.js";
import { tableSection } from "./table-rows.js";
import { wrapText } from "./wrap-text.js";

/** Compares everything that was recorded with everything that arrived. */
export function compareAll(
  metrics: readonly RecordedMetric[],
  arrived: readonly Series[],
  significantDigits: number | undefined,
): Comparison {
  const expected = withCommonLabels(metrics).flatMap(([metric, common]) => seriesOf(metric, common));
  return compare(expected, arrived, significantDigits);
}

/** The table with what has to be known to read it. */
export function renderReport(
  metrics: readonly RecordedMetric[],
  comparison: Comparison,
  { width, paint, significantDigits }: ReportOptions,
): string[] {
  const sections = withCommonLabels(metrics).map(([metric, common]) =>
    tableSection(metric, common, comparison),
  );
  const precision =
    significantDigits === undefined
      ? "to the last bit"
      : `to ${significantDigits} digits, which is what this backend keeps`;
  const notes = [
    `On every series: ${labelText(targetLabels)}.`,
    `On all but target_info: ${labelText(scopeLabels)}.`,
    `Histograms: how many were measured (Σ their sum), and a bar with a character for each bucket.`,
    `Numbers are shown rounded and compared ${precision}.`,
  ];
  return [
    ...notes.flatMap((note) => wrapText(note, width)).map((line) => paint.dim(line)),
    "",
    ...renderTable(sections, width, paint),
  ];
}

interface ReportOptions {
  readonly width: number;
  readonly paint: Paint;
  readonly significantDigits: number | undefined;
}

function withCommonLabels(metrics: readonly RecordedMetric[]): (readonly [RecordedMetric, Labels])[] {
  const common = { ...targetLabels, ...scopeLabels };
  return [...metrics.map((metric) => [metric, common] as const), [targetInfo, targetLabels] as const];
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ");
}
