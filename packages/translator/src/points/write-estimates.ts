import type { Family } from "../intern/families.js";
import { live, partsOf } from "../intern/instrument.js";
import { quantileSeries, seriesOf, writeGauged, type PointContext, type Writing } from "./writing.js";

/** The gauges `_min` and `_max` of a histogram, where `minMax` asks for them and the point has them. */
export function writeMinMax<Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
): void {
  const { minFamily, maxFamily } = writing.instrument;
  if (minFamily !== undefined) writeExtreme(writing, context, minFamily, "min", min);
  if (maxFamily !== undefined) writeExtreme(writing, context, maxFamily, "max", max);
}

function writeExtreme<Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  { metadata }: Family,
  which: "min" | "max",
  value: number | undefined,
): void {
  const { entry, stale } = context;
  const parts = partsOf(entry);
  const known = live(parts[which]);
  if (typeof value !== "number" && !(stale && known !== undefined)) return;
  const record = known ?? seriesOf({ ...writing, metadata }, entry.base, metadata.familyName);
  parts[which] = record;
  writeGauged(writing, context, record, value ?? 0);
}

/** The estimates that `quantiles` asks for. They are gauges: they have no start time. */
export function writeQuantiles<Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  estimate: (quantile: number) => number | undefined,
): void {
  const { quantiles, floatText } = writing.options;
  if (quantiles.length === 0) return;
  const { entry, stale } = context;
  const parts = partsOf(entry);
  for (const quantile of quantiles) {
    let record = live(parts.quantiles?.get(quantile));
    if (stale && record === undefined) continue;
    const value = stale ? 0 : estimate(quantile);
    if (value === undefined) continue;
    if (record === undefined) {
      record = quantileSeries(writing, entry.base, floatText(quantile));
      parts.quantiles ??= new Map();
      parts.quantiles.set(quantile, record);
    }
    writeGauged(writing, context, record, value);
  }
}
