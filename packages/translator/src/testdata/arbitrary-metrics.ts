import fc from "fast-check";
import type {
  AttributesInput,
  DataPointInput,
  MetricInput,
  MetricsInput,
  TranslatorOptions,
} from "../index.js";
import {
  counter,
  exponential,
  gauge,
  histogram,
  hrTime,
  startMillis,
  summary,
  upDownCounter,
} from "./fixtures.js";

/** Few names, so that they meet; some that must be escaped, merged or dropped. */
const keys = fc.constantFrom(
  "a",
  "a.b",
  "a_b",
  "a-b",
  "le",
  "quantile",
  "job",
  "instance",
  "__name__",
  "otel_scope_name",
  "字",
  "",
  "_",
  "😀x",
  "\ue000x",
  "1",
  "x\ud83d",
  "service.name",
  "host.name",
);
const values = fc.oneof(
  fc.constantFrom("", "x", "y", "\ud83d", "😀", undefined, null, Number.NaN, true),
  fc.integer({ max: 5 }),
  fc.array(fc.constantFrom("a", 1, null, undefined), { maxLength: 2 }),
);
const attributes: fc.Arbitrary<AttributesInput> = fc.dictionary(keys, values, { maxKeys: 4 });

const counts = (maxLength: number): fc.Arbitrary<number[]> =>
  fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 4 })), { maxLength });
const optional = (value: number): fc.Arbitrary<number | undefined> =>
  fc.oneof(fc.constantFrom(value, value, undefined, Number.NaN), fc.double());

const histogramValue = fc
  .record({
    boundaries: fc.uniqueArray(fc.integer({ min: -5, max: 5 }), { maxLength: 4 }),
    infinite: fc.boolean(),
    counts: counts(6),
    more: fc.nat({ max: 2 }),
    sum: optional(3),
    min: optional(-9),
    max: optional(9),
  })
  .map(({ boundaries: finite, infinite, counts: bucketCounts, more, sum, min, max }) => {
    const boundaries = finite.toSorted((a, b) => a - b).concat(infinite ? [Number.POSITIVE_INFINITY] : []);
    const count = bucketCounts.reduce((total, each) => total + each, more);
    return { buckets: { boundaries, counts: bucketCounts }, count, sum, min, max };
  });

const side = fc.record({ offset: fc.integer({ min: -3000, max: 3000 }), bucketCounts: counts(40) });
const exponentialValue = fc.record({
  count: fc.nat({ max: 40 }),
  sum: optional(3),
  scale: fc.integer({ min: -6, max: 20 }),
  zeroCount: fc.nat({ max: 3 }),
  zeroThreshold: fc.constantFrom(undefined, 0, 0.5),
  positive: side,
  negative: side,
});
const summaryValue = fc.record({
  count: fc.nat(),
  sum: fc.double(),
  quantileValues: fc.array(fc.record({ quantile: fc.constantFrom(0, 0.5, 0.99, 1), value: fc.double() }), {
    maxLength: 3,
  }),
});

function points(value: fc.Arbitrary<DataPointInput["value"]>): fc.Arbitrary<DataPointInput[]> {
  const point = fc.record({
    attributes,
    startTime: fc.constantFrom(hrTime(startMillis), hrTime(startMillis + 90_000), undefined),
    endTime: fc.constantFrom(...[60_000, 60_000, 120_000].map((millis) => hrTime(startMillis + millis))),
    value,
    flags: fc.constantFrom(undefined, 0, 0, 0, 1),
  });
  return fc.array(point, { maxLength: 4 });
}

const names = fc.constantFrom(
  "m",
  "m.n",
  "m_n",
  "m_total",
  "h",
  "h_count",
  "target_info",
  "1m",
  "",
  "字",
  "a:b",
  "x\ud83d",
);
const descriptions = fc.record({
  unit: fc.constantFrom("", "1", "s", "By/s", "{x}"),
  description: fc.constantFrom("", "one", "two"),
});

function metricOf(
  make: typeof gauge,
  value: fc.Arbitrary<DataPointInput["value"]>,
): fc.Arbitrary<MetricInput> {
  return fc.tuple(names, points(value), descriptions).map(([name, list, more]) => make(name, list, more));
}

const metric = fc.oneof(
  metricOf(gauge, fc.double()),
  metricOf(counter, fc.nat()),
  metricOf(upDownCounter, fc.integer()),
  metricOf(histogram, histogramValue),
  metricOf(exponential, exponentialValue),
  metricOf(summary, summaryValue),
  metricOf((name, list) => counter(name, list, { aggregationTemporality: 0 }), fc.nat()),
);

const scope = fc.record({
  name: fc.constantFrom("", "lib", "other"),
  version: fc.constantFrom("", "1", undefined),
  attributes: fc.oneof(fc.constant(undefined), attributes),
});

/** Metrics as a producer could hand them over, with every kind of conflict in them. */
export const arbitraryMetrics: fc.Arbitrary<MetricsInput> = fc.record({
  resource: fc.record({ attributes }),
  scopeMetrics: fc.array(fc.record({ scope, metrics: fc.array(metric, { maxLength: 5 }) }), { maxLength: 3 }),
});

export const arbitraryOptions: fc.Arbitrary<TranslatorOptions> = fc.record(
  {
    translationStrategy: fc.constantFrom(
      "UnderscoreEscapingWithSuffixes" as const,
      "UnderscoreEscapingWithoutSuffixes" as const,
      "NoUTF8EscapingWithSuffixes" as const,
      "NoTranslation" as const,
    ),
    namespace: fc.constantFrom("", "ns", "n-s"),
    externalLabels: fc.constantFrom({}, { a: "ext", dc: "eu" }),
    resourceLabels: fc.constantFrom(undefined, {}, { include: ["host.*"] }),
    targetInfo: fc.constantFrom(true, false, { exclude: ["a*"] }),
    scopeInfo: fc.boolean(),
    explicitHistograms: fc.constantFrom("classic" as const, "customBuckets" as const, "both" as const),
    minMax: fc.boolean(),
    quantiles: fc.constantFrom([], [0.5, 0.99]),
    underscoreLabelSanitization: fc.boolean(),
    preserveMultipleUnderscores: fc.boolean(),
    fallbackInstance: fc.constantFrom("", "host:1"),
  },
  { requiredKeys: [] },
);
