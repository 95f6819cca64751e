import type { Label, Series } from "../model/index.js";
import { lengthFieldSize, stringFieldSize } from "./field.js";

/**
 * The most bytes that series take in a request, whichever message it is; 2.0's are fewer, as strings are not repeated
 * there. A family's metadata is not counted.
 */
export interface SizeLimits {
  /** With one sample. */
  ofSample(series: Series): number;
  /** With a native histogram, which grows: the bytes to keep for it. */
  ofHistogram(series: Series): number;
}

/** Of a sample: the value's tag and eight bytes, two timestamps of at most ten bytes and their tags. */
const sampleLimit = 31;
/** Room for the usual 160 buckets to either side of zero, each in a span of its own at worst. */
const histogramRoom = 6000;

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
    ofHistogram: ({ labels }) => lengthFieldSize(5, sizeOf(labels) + histogramRoom),
  };
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
