import type { DataPointInput, SummaryInput } from "../input/metrics-input.js";
import { live, partsOf } from "../intern/instrument.js";
import { quantileSeries, seriesOf, writeCounted, type PointContext, type Writing } from "./writing.js";

/** A summary: sum, count, and a series for each quantile, lowest first (T20). */
export function writeSummaryPoint<Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  point: DataPointInput,
): void {
  const { instrument, metadata, report, options } = writing;
  const { entry } = context;
  const parts = partsOf(entry);
  const name = metadata.familyName;
  const { sum, count, quantileValues = [] } = (point.value ?? {}) as Partial<SummaryInput>;
  const isNumeric = typeof sum === "number" && typeof count === "number" && quantileValues.every(isQuantile);
  if (!context.stale && !isNumeric) {
    const detail = `a summary of ${instrument.name} has a sum, count or quantile that is no number`;
    report.drop(instrument.name, "invalid_value", detail);
    return;
  }
  parts.sum = live(parts.sum) ?? seriesOf(writing, entry.base, `${name}_sum`);
  writeCounted(writing, context, parts.sum, sum ?? 0);
  parts.count = live(parts.count) ?? seriesOf(writing, entry.base, `${name}_count`);
  writeCounted(writing, context, parts.count, count ?? 0);
  parts.quantiles ??= new Map();
  for (const { quantile, value } of quantileValues.toSorted((a, b) => a.quantile - b.quantile)) {
    let record = live(parts.quantiles.get(quantile));
    if (record === undefined) {
      record = quantileSeries(writing, entry.base, options.floatText(quantile));
      parts.quantiles.set(quantile, record);
    }
    writeCounted(writing, context, record, value);
  }
  if (!context.stale) return;
  // "Nothing recorded" often comes without quantiles; their series end all the same.
  for (const [quantile, record] of parts.quantiles) {
    if (live(record) !== undefined && !quantileValues.some((given) => given.quantile === quantile))
      writeCounted(writing, context, record, 0);
  }
}

/** Whether it is one at run time. */
function isQuantile({ quantile, value }: SummaryInput["quantileValues"][number]): boolean {
  return typeof quantile === "number" && typeof value === "number";
}
