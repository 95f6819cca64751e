import type { HistogramInput } from "../input/metrics-input.js";
import { isCount } from "../native/spans.js";

/** The buckets of an explicit histogram: finite bounds in ascending order, and what each one counts. */
export interface ExplicitBuckets {
  /** Without Infinity, which some lists end in (TR14): that bucket is the rest. */
  readonly boundaries: readonly number[];
  /** Not cumulative. At most one more than there are boundaries; fewer where the point has fewer. */
  readonly counts: readonly number[];
}

const none: ExplicitBuckets = { boundaries: [], counts: [] };

/** Reads the buckets of a point, or undefined where they are no buckets. */
export function explicitBuckets(point: HistogramInput): ExplicitBuckets | undefined {
  const buckets: Partial<HistogramInput["buckets"]> | undefined = point.buckets;
  if (buckets === undefined || buckets === null) return none;
  const boundaries = finiteBoundaries(buckets.boundaries ?? []);
  if (boundaries === undefined) return undefined;
  const counts = buckets.counts ?? [];
  if (!Array.isArray(counts)) return undefined;
  for (let i = 0; i < counts.length; i++) if (!isCount(counts[i])) return undefined;
  if (counts.length <= boundaries.length + 1) return { boundaries, counts };
  // Whatever is counted beyond the last bound is one bucket.
  const rest = counts.slice(boundaries.length).reduce((sum, count) => sum + count, 0);
  return { boundaries, counts: [...counts.slice(0, boundaries.length), rest] };
}

const checked = new WeakMap<object, readonly number[]>();

/** The boundaries without a closing Infinity; undefined where they do not ascend. The SDK's arrays are checked once. */
function finiteBoundaries(boundaries: readonly number[]): readonly number[] | undefined {
  if (!Array.isArray(boundaries)) return undefined;
  const known = checked.get(boundaries);
  if (known !== undefined) return known;
  const finite = boundaries.at(-1) === Number.POSITIVE_INFINITY ? boundaries.slice(0, -1) : boundaries;
  for (let i = 0; i < finite.length; i++) {
    const bound: unknown = finite[i];
    if (typeof bound !== "number" || !Number.isFinite(bound)) return undefined;
    if (i > 0 && bound <= (finite[i - 1] ?? 0)) return undefined;
  }
  checked.set(boundaries, finite);
  return finite;
}
