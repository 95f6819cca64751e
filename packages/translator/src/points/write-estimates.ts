import type { Metadata } from "@otel-remote-write/prompb";
import type { Entry, Instrument } from "../intern/instrument.js";
import { seriesOf, writeNumber, type Writing } from "./point-writer.js";

/** The gauges `_min` and `_max` of a histogram, where `minMax` asks for them and the point has them. */
export function writeMinMax<Owned>(
  writing: Writing<Owned>,
  { minFamily, maxFamily }: Instrument<Owned>,
  entry: Entry<Owned>,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  stale: boolean,
  timestamp: number,
): void {
  if (minFamily !== undefined && (typeof min === "number" || (stale && entry.min !== undefined))) {
    entry.min ??= seriesOf(writing, entry, minFamily.metadata, minFamily.metadata.familyName);
    writeNumber(writing, entry.min, stale, min ?? 0, timestamp, 0);
  }
  if (maxFamily !== undefined && (typeof max === "number" || (stale && entry.max !== undefined))) {
    entry.max ??= seriesOf(writing, entry, maxFamily.metadata, maxFamily.metadata.familyName);
    writeNumber(writing, entry.max, stale, max ?? 0, timestamp, 0);
  }
}

/** The estimates that `quantiles` asks for. They are gauges: they have no start time. */
export function writeQuantiles<Owned>(
  writing: Writing<Owned>,
  metadata: Metadata,
  entry: Entry<Owned>,
  stale: boolean,
  timestamp: number,
  estimate: (quantile: number) => number | undefined,
): void {
  const { quantiles, floatText } = writing.options;
  for (const quantile of quantiles) {
    let record = entry.quantiles?.get(quantile);
    const value = stale ? 0 : estimate(quantile);
    if (value === undefined || (stale && record === undefined)) continue;
    if (record === undefined) {
      record = seriesOf(writing, entry, metadata, metadata.familyName, "quantile", floatText(quantile));
      entry.quantiles ??= new Map();
      entry.quantiles.set(quantile, record);
    }
    writeNumber(writing, record, stale, value, timestamp, 0);
  }
}
