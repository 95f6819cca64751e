import type { BucketSpan, NativeHistogram } from "@otel-remote-write/prompb";

/** What Prometheus and Mimir check of a native histogram before they store it; undefined where it is accepted. */
export function nativeProblem(histogram: NativeHistogram): string | undefined {
  const { schema, zeroCount, zeroThreshold, count, sum, customValues } = histogram;
  const positive = sideTotal(histogram.positiveSpans, histogram.positiveDeltas);
  const negative = sideTotal(histogram.negativeSpans, histogram.negativeDeltas);
  if (typeof positive === "string") return `positive: ${positive}`;
  if (typeof negative === "string") return `negative: ${negative}`;
  if (schema === -53) {
    if (zeroCount !== 0 || zeroThreshold !== 0) return "custom buckets with a zero bucket";
    if (histogram.negativeSpans.length > 0) return "custom buckets below zero";
    const problem = boundsProblem(customValues ?? [], histogram.positiveSpans);
    if (problem !== undefined) return problem;
  } else {
    if (!Number.isInteger(schema) || schema < -4 || schema > 8) return `schema ${schema}`;
    if (customValues !== undefined) return "custom values without their schema";
  }
  const total = positive + negative + zeroCount;
  if (Number.isNaN(sum) ? total > count : total !== count) return `count ${count}, but ${total} in buckets`;
  return undefined;
}

function sideTotal(spans: readonly BucketSpan[], deltas: readonly number[]): number | string {
  let length = 0;
  for (const [i, span] of spans.entries()) {
    if (i > 0 && span.offset < 0) return `span ${i} goes back`;
    if (!Number.isInteger(span.offset) || Math.abs(span.offset) >= 2 ** 31) return `offset ${span.offset}`;
    length += span.length;
  }
  if (length !== deltas.length) return `${length} buckets in spans, ${deltas.length} in deltas`;
  let count = 0;
  let total = 0;
  for (const delta of deltas) {
    count += delta;
    if (!Number.isSafeInteger(count) || count < 0) return `a bucket of ${count}`;
    total += count;
  }
  return total;
}

function boundsProblem(bounds: readonly number[], spans: readonly BucketSpan[]): string | undefined {
  let before = Number.NEGATIVE_INFINITY;
  for (const bound of bounds) {
    if (!(bound > before)) return `bound ${bound} after ${before}`;
    before = bound;
  }
  if (before === Number.POSITIVE_INFINITY) return "a bound of +Inf";
  const reach = spans.reduce((sum, { offset, length }) => sum + offset + length, 0);
  return reach > bounds.length + 1 ? `${reach} buckets of ${bounds.length} bounds` : undefined;
}
