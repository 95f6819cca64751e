import type { Label, NativeHistogram, Series } from "../model/index.js";
import { lengthFieldSize, stringFieldSize } from "./field.js";

/**
 * The most bytes that series take in a request, whichever message it is; 2.0's are fewer, as strings are not repeated
 * there. A family's metadata is not counted.
 */
export interface SizeLimits {
  /** With one sample. */
  ofSample(series: Series): number;
  /** With a native histogram: the bytes to keep for it, as it grows. */
  ofHistogram(series: Series, histogram: NativeHistogram): number;
}

/** Of a sample: the value's tag and eight bytes, two timestamps of at most ten bytes and their tags. */
const sampleLimit = 31;
/** Room for the usual 160 buckets to either side of zero, each in a span of its own at worst. */
export const histogramRoom = 6000;
/** Of a histogram without buckets, and of one bucket, span and custom bound. */
const emptyHistogramLimit = 120;
const deltaLimit = 8;
const spanLimit = 14;
const boundLimit = 8;

/** Series that follow each other share most of their labels: those are not measured again. */
export function createSizeLimits(): SizeLimits {
  let last: readonly Label[] = [];
  /** Of each of them. */
  const sizes: number[] = [];

  function sizeOf(labels: readonly Label[]): number {
    let sum = 0;
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] as Label;
      if (label !== last[i]) sizes[i] = labelSize(label);
      sum += sizes[i] as number;
    }
    last = labels;
    return sum;
  }

  return {
    ofSample: ({ labels }) => lengthFieldSize(5, sizeOf(labels) + lengthFieldSize(2, sampleLimit)),
    ofHistogram: ({ labels }, histogram) =>
      lengthFieldSize(5, sizeOf(labels) + Math.max(histogramRoom, histogramLimit(histogram))),
  };
}

/** The most bytes that a histogram takes, as it is, beside the labels. */
export function histogramLimit(histogram: NativeHistogram): number {
  const { positiveDeltas, negativeDeltas, positiveSpans, negativeSpans, customValues = [] } = histogram;
  return (
    emptyHistogramLimit +
    deltaLimit * (positiveDeltas.length + negativeDeltas.length) +
    spanLimit * (positiveSpans.length + negativeSpans.length) +
    boundLimit * customValues.length
  );
}

/** Labels as 1.0 has them. */
export function labelsSize(labels: readonly Label[]): number {
  let size = 0;
  for (const label of labels) size += labelSize(label);
  return size;
}

function labelSize({ name, value }: Label): number {
  return lengthFieldSize(1, stringFieldSize(1, name) + stringFieldSize(2, value));
}
