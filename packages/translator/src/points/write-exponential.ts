import type { DataPointInput, ExponentialHistogramInput } from "../input/metrics-input.js";
import { exponentialToNative } from "../native/exponential-histogram.js";
import { pointExemplars } from "./exemplars.js";
import { exponentialQuantile } from "./quantile.js";
import { writeMinMax, writeQuantiles } from "./write-estimates.js";
import { writeNative } from "./write-native.js";
import type { PointContext, Writing } from "./writing.js";

/** An exponential histogram: a series of native histograms (T18), and what `minMax` and `quantiles` add. */
export function writeExponentialPoint<Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  point: DataPointInput,
): void {
  const value = (point.value ?? {}) as ExponentialHistogramInput;
  const result = exponentialToNative(value, context);
  const exemplars = point.exemplars && pointExemplars(point.exemplars, writing.options.labelName);
  writeNative(writing, context, result, exemplars);
  if ("reason" in result) return;
  writeMinMax(writing, context, value);
  writeQuantiles(writing, context, (quantile) => exponentialQuantile(quantile, value));
}
