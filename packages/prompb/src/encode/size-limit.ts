import type { Label, Series } from "../model/index.js";
import { lengthFieldSize, stringFieldSize } from "./field.js";

/** Of a sample: the value's tag and eight bytes, two timestamps of at most ten bytes and their tags. */
const sampleLimit = 31;

/**
 * The most bytes that a series with one sample takes in a request, whichever message it is; 2.0's are fewer, as strings
 * are not repeated there. A family's metadata is not counted.
 */
export function sampleSizeLimit({ labels }: Series): number {
  return lengthFieldSize(5, labelsSize(labels) + lengthFieldSize(2, sampleLimit));
}

/** Room for the usual 160 buckets to either side of zero, each in a span of its own at worst. */
const histogramRoom = 6000;

/** The bytes to keep for a series with a native histogram, which grows. */
export function histogramSizeLimit({ labels }: Series): number {
  return lengthFieldSize(5, labelsSize(labels) + histogramRoom);
}

/** Labels as 1.0 has them. */
export function labelsSize(labels: readonly Label[]): number {
  let size = 0;
  for (const { name, value } of labels) {
    size += lengthFieldSize(1, stringFieldSize(1, name) + stringFieldSize(2, value));
  }
  return size;
}
