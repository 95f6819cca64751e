/** The buckets of both messages' histograms, on both sides of zero. */
interface Buckets {
  readonly positiveSpans: readonly Span[];
  readonly positiveDeltas: readonly bigint[];
  readonly positiveCounts: readonly number[];
  readonly negativeSpans: readonly Span[];
  readonly negativeDeltas: readonly bigint[];
  readonly negativeCounts: readonly number[];
}

interface Span {
  readonly offset: number;
  readonly length: number;
}

type Side = "positive" | "negative";

/** The observations in one side's buckets (0 for the float flavour, which is not added up), or what is wrong. */
export function countBuckets(side: Side, buckets: Buckets, isFloat: boolean): bigint | string {
  const counts = buckets[`${side}Counts`];
  const deltas = buckets[`${side}Deltas`];
  if ((isFloat ? deltas : counts).length > 0) {
    return isFloat ? `${side} deltas in a float histogram` : `${side} counts in an integer histogram`;
  }
  const wrongSpans = checkSpans(side, buckets[`${side}Spans`], isFloat ? counts.length : deltas.length);
  if (wrongSpans !== undefined) return wrongSpans;
  if (isFloat) return counts.some((count) => count < 0) ? `a ${side} bucket is negative` : 0n;

  let bucket = 0n;
  let sum = 0n;
  for (const delta of deltas) {
    bucket += delta;
    if (bucket < 0n) return `a ${side} bucket is negative`;
    sum += bucket;
  }
  return sum;
}

function checkSpans(side: Side, spans: readonly Span[], buckets: number): string | undefined {
  const negative = spans.findIndex((span, i) => i > 0 && span.offset < 0);
  if (negative !== -1) return `${side} span ${negative} has a negative offset`;
  const spanned = spans.reduce((sum, span) => sum + span.length, 0);
  return spanned === buckets
    ? undefined
    : `its ${side} spans are of ${spanned} buckets, and there are ${buckets}`;
}
