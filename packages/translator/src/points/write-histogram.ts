import type { DataPointInput, HistogramInput } from "../input/metrics-input.js";
import { partsOf } from "../intern/instrument.js";
import { explicitToNative } from "../native/custom-buckets-histogram.js";
import { isCount } from "../native/spans.js";
import { pointExemplars } from "./exemplars.js";
import { explicitBuckets } from "./explicit-buckets.js";
import { explicitQuantile } from "./quantile.js";
import { writeClassic } from "./write-classic.js";
import { writeMinMax, writeQuantiles } from "./write-estimates.js";
import { writeNative } from "./write-native.js";
import type { PointContext, Writing } from "./writing.js";

/** An explicit histogram: classic series, a native histogram with custom buckets, or both; and what options add. */
export function writeHistogramPoint<Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  point: DataPointInput,
): void {
  const { options, report, instrument } = writing;
  const value = (point.value ?? {}) as HistogramInput;
  const given = explicitBuckets(value);
  // Without buckets, the count is all there is.
  const isEmpty = given?.counts.length === 0 && !context.stale && !isCount(value.count);
  if (given === undefined || isEmpty) {
    const detail = `a point of ${instrument.name} has buckets that no histogram can have`;
    report.drop(instrument.name, "invalid_buckets", detail);
    return;
  }
  // "Nothing recorded" often comes without buckets; their series end all the same.
  const known = context.stale && given.boundaries.length === 0;
  const buckets = known ? { boundaries: context.entry.parts?.boundaries ?? [], counts: [] } : given;
  const exemplars = point.exemplars && pointExemplars(point.exemplars, options.labelName);
  if (options.classicHistograms) writeClassic(writing, context, value, buckets, exemplars);
  if (options.customBuckets) {
    writeNative(writing, context, explicitToNative(value, buckets, context), exemplars);
  }
  partsOf(context.entry).boundaries = buckets.boundaries;
  writeMinMax(writing, context, value);
  writeQuantiles(writing, context, (quantile) => explicitQuantile(quantile, value, buckets));
}
