import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sparseBuckets } from "../testdata/fixtures.js";
import { vectors } from "../testdata/vectors.js";
import { exponentialBuckets } from "./exponential-buckets.js";

function sparse(offset: number, bucketCounts: readonly number[], scaleDown: number): Record<string, number> {
  const layout = exponentialBuckets({ offset, bucketCounts }, scaleDown);
  return sparseBuckets(layout?.spans ?? [], layout?.deltas ?? []);
}

/** What it must come to: every bucket by itself, added up where it belongs. */
function plainMerge(offset: number, counts: readonly number[], scaleDown: number): Record<string, number> {
  const merged: Record<string, number> = {};
  counts.forEach((count, i) => {
    const index = ((offset + i) >> scaleDown) + 1;
    if (count > 0) merged[index] = (merged[index] ?? 0) + count;
  });
  return merged;
}

describe("exponential buckets", () => {
  it.each(vectors.exponential_bucket_layouts)(
    "TR16: $id $desc",
    ({ offset, bucketCounts, scaleDown, sparse: wanted }) => {
      expect(sparse(offset, bucketCounts, scaleDown)).toEqual(wanted);
    },
  );

  it("TR16: a bucket after an empty merged one is counted where it belongs (facts 11.1)", () => {
    expect(sparse(0, [0, 0, 1, 1], 1)).toEqual({ 2: 2 });
    expect(sparse(1, [0, 2, 1], 1)).toEqual({ 2: 3 });
  });

  it("TR16: the shift is arithmetic: negative indexes round down", () => {
    expect(sparse(-3, [1, 1, 1, 1], 1)).toEqual({ "-1": 1, 0: 2, 1: 1 });
  });

  it("TR16: equals a plain merge", () => {
    const counts = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 5 })), { maxLength: 200 });
    fc.assert(
      fc.property(
        fc.integer({ min: -5000, max: 5000 }),
        counts,
        fc.nat({ max: 24 }),
        (offset, bucketCounts, scaleDown) => {
          expect(sparse(offset, bucketCounts, scaleDown)).toEqual(
            plainMerge(offset, bucketCounts, scaleDown),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it("spans are as few and as short as they can be: no empty ends, gaps of up to two filled", () => {
    const layout = exponentialBuckets({ offset: 0, bucketCounts: [0, 1, 0, 0, 1, 0, 0, 0, 1, 0] }, 0);
    expect(layout).toEqual({
      spans: [
        { offset: 2, length: 4 },
        { offset: 3, length: 1 },
      ],
      deltas: [1, -1, 0, 1, 0],
      total: 3,
    });
  });

  it.each([
    ["half an offset", 0.5, [1]],
    ["an index beyond 32 bits", 2 ** 31, [1]],
    ["a negative count", 0, [-1]],
    ["a count that is none", 0, [Number.NaN]],
    ["counts beyond 2^53", 0, [Number.MAX_SAFE_INTEGER, 1]],
  ])("TR29: %s is no bucket", (_, offset, bucketCounts) => {
    expect(exponentialBuckets({ offset, bucketCounts }, 0)).toBeUndefined();
  });
});
