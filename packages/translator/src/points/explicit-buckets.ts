import type { HistogramInput } from "../input/metrics-input.js";
import { isCount } from "../native/spans.js";

/** The buckets of an explicit histogram: finite bounds in ascending order, and what each one counts. */
export interface ExplicitBuckets {
  /** Without Infinity, which some lists end in (TR14): that bucket is the rest. Never the array of the point. */
  readonly boundaries: readonly number[];
  /** Not cumulative. At most one more than there are boundaries; fewer where the point has fewer. */
  readonly counts: readonly number[];
}

const noBuckets: ExplicitBuckets = { boundaries: [], counts: [] };

/** Reads the buckets of a point, or undefined where they are no buckets. */
export function explicitBuckets(point: HistogramInput): ExplicitBuckets | undefined {
  const { boundaries: given, counts } = { ...noBuckets, ...point.buckets };
  const bounds = readBounds(given);
  if (bounds === undefined || !Array.isArray(counts)) return undefined;
  for (let i = 0; i < counts.length; i++) if (!isCount(counts[i])) return undefined;
  const { boundaries, positions } = bounds;
  if (positions === undefined && counts.length <= boundaries.length + 1) return { boundaries, counts };
  return { boundaries, counts: regroup(counts, boundaries.length, positions) };
}

interface Bounds {
  readonly boundaries: readonly number[];
  /** Where bounds are repeated: the position of each given one among the others. */
  readonly positions: readonly number[] | undefined;
}

const known = new WeakMap<object, Bounds>();

/** The array that stands for boundaries that were read before. */
export function knownBoundaries(given: readonly number[]): readonly number[] {
  return known.get(given)?.boundaries ?? [...given];
}

/** The bounds without repetitions and a closing Infinity; undefined where they do not ascend. Each array is read once. */
function readBounds(given: readonly number[]): Bounds | undefined {
  if (!Array.isArray(given)) return undefined;
  const before = known.get(given);
  if (before !== undefined) return before;
  const finite = given.at(-1) === Number.POSITIVE_INFINITY ? given.slice(0, -1) : given;
  const boundaries: number[] = [];
  const positions: number[] = [];
  for (const bound of finite as readonly unknown[]) {
    if (typeof bound !== "number" || !Number.isFinite(bound)) return undefined;
    const last = boundaries.at(-1);
    if (last !== undefined && bound < last) return undefined;
    if (bound !== last) boundaries.push(bound);
    positions.push(boundaries.length - 1);
  }
  const isRepeating = boundaries.length < finite.length;
  const bounds = { boundaries, positions: isRepeating ? positions : undefined };
  known.set(given, bounds);
  return bounds;
}

/** Counts where they belong: together where bounds are repeated, and with the last bucket what is beyond it. */
function regroup(
  counts: readonly number[],
  last: number,
  positions: readonly number[] | undefined,
): number[] {
  const grouped: number[] = [];
  for (const [i, count] of counts.entries()) {
    const position = Math.min(positions === undefined ? i : (positions[i] ?? last), last);
    grouped[position] = (grouped[position] ?? 0) + count;
  }
  return grouped;
}
