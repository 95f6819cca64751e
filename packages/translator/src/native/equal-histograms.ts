import type { BucketSpan, NativeHistogram } from "@otel-remote-write/prompb";

/** Whether two native histograms say the same of the same time. */
export function equalHistograms(a: NativeHistogram, b: NativeHistogram): boolean {
  return (
    Object.is(a.count, b.count) &&
    Object.is(a.sum, b.sum) &&
    a.schema === b.schema &&
    a.zeroThreshold === b.zeroThreshold &&
    a.zeroCount === b.zeroCount &&
    a.stale === b.stale &&
    equalSpans(a.positiveSpans, b.positiveSpans) &&
    equalSpans(a.negativeSpans, b.negativeSpans) &&
    equalNumbers(a.positiveDeltas, b.positiveDeltas) &&
    equalNumbers(a.negativeDeltas, b.negativeDeltas) &&
    equalNumbers(a.customValues ?? [], b.customValues ?? [])
  );
}

function equalSpans(a: readonly BucketSpan[], b: readonly BucketSpan[]): boolean {
  return (
    a.length === b.length &&
    a.every((span, i) => span.offset === b[i]?.offset && span.length === b[i]?.length)
  );
}

export function equalNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((number, i) => number === b[i]));
}
