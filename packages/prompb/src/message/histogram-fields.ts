import type { BucketSpan, NativeHistogram } from "../model/index.js";
import { staleMarker } from "./stale-marker.js";

/** The fields that a histogram has in both messages. */
export interface HistogramFields {
  readonly count: { readonly case: "countInt"; readonly value: bigint };
  readonly sum: number;
  readonly schema: number;
  readonly zeroThreshold: number;
  readonly zeroCount: { readonly case: "zeroCountInt"; readonly value: bigint };
  readonly negativeSpans: BucketSpan[];
  readonly negativeDeltas: bigint[];
  readonly positiveSpans: BucketSpan[];
  readonly positiveDeltas: bigint[];
  readonly timestamp: bigint;
}

export function histogramFields(histogram: NativeHistogram): HistogramFields {
  return {
    count: { case: "countInt", value: BigInt(histogram.count) },
    sum: histogram.stale === true ? staleMarker : histogram.sum,
    schema: histogram.schema,
    zeroThreshold: histogram.zeroThreshold,
    zeroCount: { case: "zeroCountInt", value: BigInt(histogram.zeroCount) },
    negativeSpans: [...histogram.negativeSpans],
    negativeDeltas: histogram.negativeDeltas.map(BigInt),
    positiveSpans: [...histogram.positiveSpans],
    positiveDeltas: histogram.positiveDeltas.map(BigInt),
    timestamp: BigInt(histogram.timestamp),
  };
}
