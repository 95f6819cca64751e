import type { SummaryInput } from "../input/metrics-input.js";
import { isStale, seriesOf, writeNumber, type PointWriter } from "./point-writer.js";

/** A summary: sum, count, and a series for each quantile, lowest first (T20). */
export const writeSummaryPoint: PointWriter<unknown> = (
  writing,
  instrument,
  metadata,
  entry,
  point,
  timestamp,
  startTimestamp,
) => {
  const stale = isStale(point);
  const value = (point.value ?? {}) as Partial<SummaryInput>;
  const name = metadata.familyName;
  const { sum, count } = value;
  if (!stale && (typeof sum !== "number" || typeof count !== "number")) {
    writing.report.drop(instrument.name, "invalid_value", "a summary's sum or count is not a number");
    return;
  }
  entry.sum ??= seriesOf(writing, entry, metadata, `${name}_sum`);
  entry.count ??= seriesOf(writing, entry, metadata, `${name}_count`);
  writeNumber(writing, entry.sum, stale, sum ?? 0, timestamp, startTimestamp);
  writeNumber(writing, entry.count, stale, count ?? 0, timestamp, startTimestamp);
  entry.quantiles ??= new Map();
  const quantiles = Array.isArray(value.quantileValues) ? value.quantileValues : [];
  for (const { quantile, value: at } of quantiles.toSorted((a, b) => a.quantile - b.quantile)) {
    let record = entry.quantiles.get(quantile);
    if (record === undefined) {
      record = seriesOf(writing, entry, metadata, name, "quantile", writing.options.floatText(quantile));
      entry.quantiles.set(quantile, record);
    }
    writeNumber(writing, record, stale, at, timestamp, startTimestamp);
  }
};
