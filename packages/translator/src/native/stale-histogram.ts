import type { NativeHistogram } from "@otel-remote-write/prompb";

/** What ends a series of native histograms after its last one (T17, T18). */
export function staleHistogram(last: NativeHistogram, timestamp: number): NativeHistogram {
  return {
    ...last,
    count: 0,
    sum: Number.NaN,
    zeroCount: 0,
    positiveSpans: [],
    positiveDeltas: [],
    negativeSpans: [],
    negativeDeltas: [],
    timestamp,
    stale: true,
  };
}
