import fc from "fast-check";
import type { Request } from "./gen/io/prometheus/write/v2/request_pb.js";
import {
  customBucketsSchema,
  type Exemplar,
  type Label,
  type Metadata,
  type MetricType,
  type NativeHistogram,
  type Round,
  type Sample,
  type Series,
  type TimeSeries,
} from "./model/index.js";

// Arbitrary time series for the property tests of this package; not part of what is published.

const label: fc.Arbitrary<Label> = fc.record({
  name: fc.string({ minLength: 1, maxLength: 12, unit: "binary" }),
  value: fc.string({ minLength: 1, maxLength: 200, unit: "binary" }),
});
const labels = fc.array(label, { maxLength: 8 });
const timestamp = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: 0, max: 4e12 }));
const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1, 5e-324));
const startTimestamp = fc.option(fc.integer({ min: 1, max: 4e12 }), { nil: undefined });

const sample: fc.Arbitrary<Sample> = fc.record({ value, timestamp, startTimestamp });
const exemplar: fc.Arbitrary<Exemplar> = fc.record({ labels, value, timestamp });
const spans = fc.array(fc.record({ offset: fc.integer(), length: fc.nat({ max: 0xffff_ffff }) }), {
  maxLength: 5,
});
const count = fc.maxSafeNat();
const deltas = fc.array(fc.oneof(fc.integer(), fc.maxSafeInteger()), { maxLength: 20 });

const standardHistogram = {
  count,
  sum: value,
  schema: fc.constantFrom(-4, -1, 0, 1, 8),
  zeroThreshold: value,
  zeroCount: count,
  positiveSpans: spans,
  positiveDeltas: deltas,
  negativeSpans: spans,
  negativeDeltas: deltas,
  timestamp,
  startTimestamp,
};
const histogram: fc.Arbitrary<NativeHistogram> = fc.oneof(
  fc.record(standardHistogram),
  fc.record({
    ...standardHistogram,
    schema: fc.constant(customBucketsSchema),
    customValues: fc.array(value, { maxLength: 5 }),
  }),
);

export const arbitraryMetadata: fc.Arbitrary<Metadata> = fc.record({
  type: fc.constantFrom<MetricType>(
    "unknown",
    "counter",
    "gauge",
    "histogram",
    "gaugehistogram",
    "summary",
    "info",
    "stateset",
  ),
  help: fc.string({ maxLength: 20 }),
  unit: fc.string({ maxLength: 20 }),
  familyName: fc.string({ maxLength: 20 }),
});

/** With one point. */
export const oneTimeSeries: fc.Arbitrary<TimeSeries> = fc
  .record({
    labels,
    metadata: arbitraryMetadata,
    point: fc.oneof(sample, histogram),
    exemplars: fc.array(exemplar, { maxLength: 3 }),
  })
  .map(({ labels: series, metadata: family, point, exemplars }) => ({
    labels: series,
    metadata: family,
    samples: "value" in point ? [point] : [],
    histograms: "value" in point ? [] : [point],
    exemplars,
  }));

/** In the order of a Round: first the series with samples, then those with histograms. */
export const arbitraryTimeSeries: fc.Arbitrary<TimeSeries[]> = fc
  .array(oneTimeSeries, { maxLength: 10 })
  .map((all) => all.toSorted((a, b) => a.histograms.length - b.histograms.length));

const identities = new WeakMap<readonly Label[], Series>();

/** The same array of labels is the same Series, as a translator would have it. */
function identityOf({ labels: key, metadata: family }: TimeSeries): Series {
  const known = identities.get(key);
  // Metadata may be replaced while a series lives.
  if (known !== undefined) return Object.assign(known, { metadata: family });
  const identity: Series = { labels: key, metadata: family, owned: undefined };
  identities.set(key, identity);
  return identity;
}

/** The Round that holds these time series' points. */
export function roundOf(timeSeries: readonly TimeSeries[]): Round {
  const series: Series[] = [];
  const values: number[] = [];
  const timestamps: number[] = [];
  const startTimestamps: number[] = [];
  const staleSamples = new Set<number>();
  const exemplars = new Map<number, readonly Exemplar[]>();
  const histograms: { series: Series; histogram: NativeHistogram; exemplars: readonly Exemplar[] }[] = [];
  for (const one of timeSeries) {
    const identity = identityOf(one);
    for (const point of one.samples) {
      if (one.exemplars.length > 0) exemplars.set(series.length, one.exemplars);
      if (point.stale === true) staleSamples.add(series.length);
      series.push(identity);
      values.push(point.value);
      timestamps.push(point.timestamp);
      startTimestamps.push(point.startTimestamp ?? 0);
    }
    for (const point of one.histograms) {
      histograms.push({ series: identity, histogram: point, exemplars: one.exemplars });
    }
  }
  return {
    sampleCount: series.length,
    series,
    values: Float64Array.from(values),
    timestamps: Float64Array.from(timestamps),
    startTimestamps: Float64Array.from(startTimestamps),
    staleSamples,
    exemplars,
    histograms,
  };
}

/** Parts for tests of one thing. */
export const emptySeries: TimeSeries = {
  labels: [{ name: "a", value: "b" }],
  metadata: { type: "counter", help: "", unit: "", familyName: "requests_total" },
  samples: [],
  histograms: [],
  exemplars: [],
};

export const emptyHistogram: NativeHistogram = {
  count: 0,
  sum: 0,
  schema: 0,
  zeroThreshold: 0,
  zeroCount: 0,
  positiveSpans: [],
  positiveDeltas: [],
  negativeSpans: [],
  negativeDeltas: [],
  timestamp: 1,
};

/** The message with its references replaced by what they stand for: the order of symbols is free. */
export function resolveSymbols(request: Request): unknown {
  const symbol = (index: number): string | undefined => request.symbols[index];
  return request.timeseries.map((series) => ({
    ...series,
    labelsRefs: series.labelsRefs.map(symbol),
    exemplars: series.exemplars.map((each) => ({
      ...each,
      labelsRefs: each.labelsRefs.map(symbol),
    })),
    metadata: series.metadata && {
      ...series.metadata,
      helpRef: symbol(series.metadata.helpRef),
      unitRef: symbol(series.metadata.unitRef),
    },
  }));
}
