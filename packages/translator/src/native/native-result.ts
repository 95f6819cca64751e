import type { NativeHistogram } from "@otel-remote-write/prompb";
import type { DropReason } from "../report.js";
import { isCount } from "./spans.js";

/** A native histogram, or why there is none. */
export type NativeResult =
  | {
      readonly histogram: NativeHistogram;
      /** The count that the point came with, where it disagreed with the buckets. */
      readonly givenCount: number | undefined;
    }
  | { readonly reason: DropReason; readonly detail: string };

/** When a native histogram is, and whether it only says that its series ends (TR26). */
export interface NativeTimes {
  readonly timestamp: number;
  readonly startTimestamp: number;
  readonly stale: boolean;
}

/**
 * The count that receivers accept: that of all buckets (TR17). With a NaN sum there may be more, since observations of
 * NaN are in no bucket.
 */
export function trueCount(given: number, counted: number, sum: number): number {
  return Number.isNaN(sum) && isCount(given) && given >= counted ? given : counted;
}

export function invalidBuckets(detail: string): NativeResult {
  return { reason: "invalid_buckets", detail };
}
