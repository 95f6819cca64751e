import fc from "fast-check";
import { compareUtf8 } from "../rules/compare-utf8.js";

/** Anything that a sender may send as one series. */
export interface ArbitrarySeries {
  readonly labels: readonly [name: string, value: string][];
  readonly samples: readonly ArbitrarySample[];
  readonly histograms: readonly ArbitraryHistogram[];
  readonly exemplars: readonly { readonly value: number; readonly timestamp: number }[];
}

export interface ArbitrarySample {
  readonly value: number;
  readonly timestamp: number;
}

/** An integer histogram with one span on the positive side. */
export interface ArbitraryHistogram {
  readonly timestamp: number;
  readonly sum: number;
  readonly schema: number;
  readonly zeroCount: number;
  readonly offset: number;
  readonly buckets: readonly number[];
}

const timestamp = fc.integer({ min: 1, max: 8.64e15 });
const text = fc.string({ unit: "binary", minLength: 1, maxLength: 8 });

const histogram: fc.Arbitrary<ArbitraryHistogram> = fc.record({
  timestamp,
  sum: fc.double(),
  schema: fc.integer({ min: -4, max: 8 }),
  zeroCount: fc.nat(),
  offset: fc.integer({ min: -1_000, max: 1_000 }),
  buckets: fc.array(fc.nat(), { maxLength: 6 }),
});

function inOrder<P extends { readonly timestamp: number }>(point: fc.Arbitrary<P>): fc.Arbitrary<P[]> {
  return fc
    .uniqueArray(point, { selector: (each) => each.timestamp, minLength: 1, maxLength: 4 })
    .map((points) => points.toSorted((a, b) => a.timestamp - b.timestamp));
}

/** Series with different labels, each of samples or of histograms. */
export function arbitrarySeries(labelName: fc.Arbitrary<string>): fc.Arbitrary<ArbitrarySeries[]> {
  const labels = fc
    .uniqueArray(fc.tuple(labelName, text), { selector: ([name]) => name, minLength: 1, maxLength: 5 })
    .map((pairs) => pairs.toSorted(([a], [b]) => compareUtf8(a, b)));
  const exemplars = fc.uniqueArray(fc.record({ value: fc.double({ noNaN: true }), timestamp }), {
    selector: (exemplar) => exemplar.timestamp,
    maxLength: 2,
  });
  const ofSamples = fc.record({
    labels,
    exemplars,
    samples: inOrder(fc.record({ value: fc.double(), timestamp })),
    histograms: fc.constant([]),
  });
  const ofHistograms = fc.record({
    labels,
    exemplars,
    samples: fc.constant([]),
    histograms: inOrder(histogram),
  });
  const series: fc.Arbitrary<ArbitrarySeries> = fc.oneof(ofSamples, ofHistograms);
  return fc.uniqueArray(series, { selector: (each) => JSON.stringify(each.labels), maxLength: 5 });
}
