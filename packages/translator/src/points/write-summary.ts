import type { DataPointInput, SummaryInput } from "../input/metrics-input.js";
import { seriesOf, writeCounted, type PointContext, type Writing } from "./writing.js";

/** A summary: sum, count, and a series for each quantile, lowest first (T20). */
export function writeSummaryPoint<Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  point: DataPointInput,
): void {
  const { instrument, metadata, report, options } = writing;
  const { entry } = context;
  const name = metadata.familyName;
  const { sum, count, quantileValues = [] } = (point.value ?? {}) as Partial<SummaryInput>;
  const isNumeric = typeof sum === "number" && typeof count === "number" && quantileValues.every(isQuantile);
  if (!context.stale && !isNumeric) {
    const detail = `a summary of ${instrument.name} has a sum, count or quantile that is no number`;
    report.drop(instrument.name, "invalid_value", detail);
    return;
  }
  entry.sum ??= seriesOf(writing, entry, `${name}_sum`);
  writeCounted(writing, context, entry.sum, sum ?? 0);
  entry.count ??= seriesOf(writing, entry, `${name}_count`);
  writeCounted(writing, context, entry.count, count ?? 0);
  entry.quantiles ??= new Map();
  for (const { quantile, value } of quantileValues.toSorted((a, b) => a.quantile - b.quantile)) {
    let record = entry.quantiles.get(quantile);
    if (record === undefined) {
      record = seriesOf(writing, entry, name, "quantile", options.floatText(quantile));
      entry.quantiles.set(quantile, record);
    }
    writeCounted(writing, context, record, value);
  }
  if (!context.stale) return;
  // "Nothing recorded" often comes without quantiles; their series end all the same.
  for (const [quantile, record] of entry.quantiles) {
    if (!quantileValues.some((given) => given.quantile === quantile))
      writeCounted(writing, context, record, 0);
  }
}

/** Whether it is one at run time. */
function isQuantile({ quantile, value }: SummaryInput["quantileValues"][number]): boolean {
  return typeof quantile === "number" && typeof value === "number";
}
