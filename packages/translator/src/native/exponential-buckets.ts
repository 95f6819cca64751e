import type { ExponentialBucketsInput } from "../input/metrics-input.js";
import { createSpanBuilder, isCount, type BucketLayout } from "./spans.js";

/** Bucket indexes are 32-bit integers on the wire. */
const maxIndex = 2 ** 31 - 1;

/**
 * One side's buckets at a resolution that is coarser by `scaleDown`, with Prometheus' index, which is one more than
 * OpenTelemetry's because it names the upper bound: `((offset + i) >> scaleDown) + 1` (TR16). Undefined: they are none.
 */
export function exponentialBuckets(
  side: ExponentialBucketsInput | undefined,
  scaleDown: number,
): BucketLayout | undefined {
  const builder = createSpanBuilder();
  const { offset = 0, bucketCounts = [] } = side ?? {};
  if (!Number.isInteger(offset)) return undefined;
  // A division instead of a shift: hostile scales and offsets do not fit into 32 bits.
  const width = 2 ** scaleDown;
  let merged = 0;
  let mergedIndex = 0;
  for (let i = 0; i < bucketCounts.length; i++) {
    const count = bucketCounts[i];
    if (!isCount(count)) return undefined;
    if (count === 0) continue;
    const index = Math.floor((offset + i) / width) + 1;
    if (Math.abs(index) > maxIndex) return undefined;
    if (index !== mergedIndex) {
      builder.add(mergedIndex, merged);
      merged = 0;
      mergedIndex = index;
    }
    merged += count;
  }
  builder.add(mergedIndex, merged);
  const layout = builder.layout();
  return isCount(layout.total) ? layout : undefined;
}
