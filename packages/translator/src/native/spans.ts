import type { BucketSpan } from "@otel-remote-write/prompb";

/** Gaps of at most so many empty buckets are filled with zeros: cheaper than another span. */
export const maxFilledGap = 2;

/** Buckets as native histograms have them, without empty ones at either end. */
export interface BucketLayout {
  readonly spans: readonly BucketSpan[];
  readonly deltas: readonly number[];
  /** The sum of all counts. */
  readonly total: number;
}

/** Puts buckets, which come in ascending order of their indexes, into spans and deltas. */
export interface SpanBuilder {
  add(index: number, count: number): void;
  layout(): BucketLayout;
}

export function createSpanBuilder(): SpanBuilder {
  const spans: { offset: number; length: number }[] = [];
  const deltas: number[] = [];
  let nextIndex = 0;
  let lastCount = 0;
  let total = 0;

  function append(count: number): void {
    const span = spans.at(-1);
    if (span !== undefined) span.length++;
    deltas.push(count - lastCount);
    lastCount = count;
    nextIndex++;
  }

  return {
    add(index, count) {
      if (count === 0) return;
      const gap = index - nextIndex;
      if (spans.length === 0 || gap > maxFilledGap) {
        spans.push({ offset: gap, length: 0 });
        nextIndex = index;
      }
      while (nextIndex < index) append(0);
      append(count);
      total += count;
    },
    layout: () => ({ spans, deltas, total }),
  };
}

/** Whether something can be the count of a bucket. */
export function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
