import type { NativeHistogram } from "@otel-remote-write/prompb";

/** What a stale marker has in common with the native histogram before it. */
export type HistogramShape = Pick<NativeHistogram, "schema" | "zeroThreshold" | "customValues">;

/** The shape of a histogram: the one before, where it has that. */
export function shapeOf(
  { schema, zeroThreshold, customValues }: NativeHistogram,
  before: HistogramShape | undefined,
): HistogramShape {
  const isSame =
    before?.schema === schema &&
    before.zeroThreshold === zeroThreshold &&
    before.customValues === customValues;
  return isSame ? before : { schema, zeroThreshold, customValues };
}

/** What ends a series of native histograms (T17, T18). */
export function staleHistogram(
  { schema, zeroThreshold, customValues }: HistogramShape,
  timestamp: number,
): NativeHistogram {
  return {
    count: 0,
    sum: Number.NaN,
    schema,
    zeroThreshold,
    zeroCount: 0,
    positiveSpans: [],
    positiveDeltas: [],
    negativeSpans: [],
    negativeDeltas: [],
    ...(customValues === undefined ? {} : { customValues }),
    timestamp,
    stale: true,
  };
}
