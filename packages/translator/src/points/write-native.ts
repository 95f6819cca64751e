import type { ExponentialHistogramInput } from "../input/metrics-input.js";
import type { Instrument } from "../intern/instrument.js";
import { pointExemplars } from "./exemplars.js";
import { exponentialToNative, type NativeResult } from "./exponential-histogram.js";
import { isStale, seriesOf, writeExemplars, type PointWriter, type Writing } from "./point-writer.js";
import { exponentialQuantile } from "./quantile.js";
import { writeMinMax, writeQuantiles } from "./write-estimates.js";

/** An exponential histogram: one series of native histograms (T18), and what `minMax` and `quantiles` add. */
export const writeExponentialPoint: PointWriter<unknown> = (
  writing,
  instrument,
  metadata,
  entry,
  point,
  timestamp,
  startTimestamp,
) => {
  const stale = isStale(point);
  const value = (point.value ?? {}) as ExponentialHistogramInput;
  const histogram = accept(writing, instrument, exponentialToNative(value, stale, timestamp, startTimestamp));
  if (histogram === undefined) return;
  entry.main ??= seriesOf(writing, entry, metadata, metadata.familyName);
  const series = writing.emitter.histogram(entry.main, histogram);
  if (point.exemplars !== undefined) {
    writeExemplars(writing, series, pointExemplars(point, writing.options.labelName));
  }
  writeMinMax(writing, instrument, entry, value, stale, timestamp);
  writeQuantiles(writing, metadata, entry, stale, timestamp, (quantile) =>
    exponentialQuantile(quantile, value),
  );
};

/** The histogram of a result; otherwise, or where it was corrected, it is reported. */
export function accept<Owned>(
  { report }: Writing<Owned>,
  { name }: Instrument<Owned>,
  result: NativeResult,
): Extract<NativeResult, { histogram: unknown }>["histogram"] | undefined {
  if ("reason" in result) {
    report.drop(name, result.reason, `a point is dropped: ${result.detail}`);
    return undefined;
  }
  if (result.correctedFrom !== undefined) {
    const { count } = result.histogram;
    const detail = `the count of ${name} was ${String(result.correctedFrom)}, its buckets hold ${count}, which is sent`;
    report.warn("count_corrected", name, detail);
  }
  return result.histogram;
}
