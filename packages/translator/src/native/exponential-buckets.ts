import type { ExponentialBucketsInput } from "../input/metrics-input.js";
import { isCount, maxFilledGap, type BucketLayout } from "./spans.js";

/** Bucket indexes are 32-bit integers on the wire. */
const maxIndex = 2 ** 31 - 1;

/** Deltas while they are made: an array of the right length is made of it, which is faster than one that grows. */
const deltas: number[] = [];

/**
 * One side's buckets at a resolution that is coarser by `scaleDown`, with Prometheus' index, which is one more than
 * OpenTelemetry's because it names the upper bound: `((offset + i) >> scaleDown) + 1` (TR16). Undefined: they are none.
 *
 * It does what `createSpanBuilder` does, without a call for each of the many buckets.
 */
export function exponentialBuckets(
  side: ExponentialBucketsInput | undefined,
  scaleDown: number,
): BucketLayout | undefined {
  const { offset = 0, bucketCounts = [] } = side ?? {};
  if (!Number.isInteger(offset)) return undefined;
  // A division instead of a shift: hostile scales and offsets do not fit into 32 bits.
  const width = 2 ** scaleDown;
  const spans: { offset: number; length: number }[] = [];
  let used = 0;
  let total = 0;
  let last = 0;
  /** The bucket after the last one in a span. */
  let next = 0;
  let i = 0;
  while (i < bucketCounts.length) {
    let count = bucketCounts[i] as number;
    if (!isCount(count)) return undefined;
    const bucket = Math.floor((offset + i++) / width);
    if (count === 0) continue;
    // All that are one bucket at the coarser resolution.
    for (; i < bucketCounts.length && Math.floor((offset + i) / width) === bucket; i++) {
      const other = bucketCounts[i] as number;
      if (!isCount(other)) return undefined;
      count += other;
    }
    const index = bucket + 1;
    if (Math.abs(index) > maxIndex) return undefined;
    const gap = index - next;
    let span = spans.at(-1);
    if (span === undefined || gap > maxFilledGap) {
      span = { offset: gap, length: 0 };
      spans.push(span);
    } else {
      for (let empty = 0; empty < gap; empty++) {
        // Not -0, which is another number.
        deltas[used++] = 0 - last;
        last = 0;
      }
      span.length += gap;
    }
    span.length++;
    deltas[used++] = count - last;
    last = count;
    next = index + 1;
    total += count;
  }
  return isCount(total) ? { spans, deltas: deltas.slice(0, used), total } : undefined;
}
