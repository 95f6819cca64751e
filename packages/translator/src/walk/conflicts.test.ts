import { describe, expect, it } from "vitest";
import { createTranslator, translate, type MetricsInput, type ScopeInput } from "../index.js";
import {
  counter,
  endMillis,
  explicitValue,
  exponential,
  exponentialValue,
  gauge,
  histogram,
  hrTime,
  labelsOf,
  metrics,
  upDownCounter,
  point,
  valuesOf,
} from "../testdata/fixtures.js";

/** Metrics of several scopes, whose names are not told apart by labels. */
function scopes(
  ...list: readonly (readonly [ScopeInput, MetricsInput["scopeMetrics"][number]["metrics"][number]])[]
): MetricsInput {
  return {
    resource: { attributes: {} },
    scopeMetrics: list.map(([scope, metric]) => ({ scope, metrics: [metric] })),
  };
}
const [one, two] = [{ name: "one" }, { name: "two" }];
function at(seconds: number): { endTime: readonly [number, number] } {
  return { endTime: hrTime(endMillis + seconds * 1000) };
}

const info = { metadata: { "prometheus.type": "info" } };
const scopeless = { scopeInfo: false };

describe("one name of two types", () => {
  it("TR23: the first one is kept, the other is dropped by name, in every round", () => {
    const translator = createTranslator();
    for (let round = 0; round < 2; round++) {
      const { timeSeries, drops } = translator.translate(
        scopes(
          [one, gauge("a.b", [1])],
          [two, histogram("a_b", [explicitValue([], [1])])],
          [two, gauge("c", [2])],
        ),
      );
      expect(timeSeries.map((series) => labelsOf(series)["__name__"])).toEqual(["a_b", "c"]);
      expect(drops.map(({ metric, reason }) => [metric, reason])).toEqual([["a_b", "type_conflict"]]);
    }
  });

  it("TR23: the first one stays the first while it is sent, and a free name can be taken", () => {
    const translator = createTranslator();
    translator.translate(metrics([gauge("m", [point(1, {}, at(0))])]));
    const other = (seconds: number): number =>
      translator.translate(metrics([histogram("m", [point(explicitValue([], [1]), {}, at(seconds))])])).drops
        .length;
    expect(Array.from({ length: 10 }, (_, i) => other(i + 1))).toEqual(Array.from({ length: 10 }, () => 1));
    expect(other(11)).toBe(0);
  });

  it("TR23: an explicit and an exponential histogram are of one type", () => {
    const { timeSeries, drops } = translate(
      metrics([histogram("h", [explicitValue([], [1])]), exponential("h", [exponentialValue()])]),
    );
    expect([timeSeries.length, drops]).toEqual([4, []]);
  });
});

it("TR23: _min and _max that meet another type are dropped by name, the histogram is kept", () => {
  const value = explicitValue([], [1], { min: 1, max: 2 });
  const { timeSeries, drops } = translate(
    metrics([upDownCounter("h_min", [1], info), histogram("h", [value])]),
    {
      minMax: true,
    },
  );
  expect(valuesOf(timeSeries)).toEqual({ h_min: 1, h_sum: 7, h_count: 1, h_max: 2 });
  expect(drops).toMatchObject([{ metric: "h", reason: "type_conflict" }]);
});

describe("metadata", () => {
  it("TR22: type, help, unit in words, and the full name with _total (W2.27)", () => {
    const more = { unit: "By/s", description: "What is sent" };
    const { timeSeries } = translate(
      metrics([counter("sent", [1], more), histogram("h", [explicitValue([], [1])], more)]),
    );
    expect(timeSeries.map(({ metadata }) => metadata)).toMatchObject([
      {
        type: "counter",
        help: "What is sent",
        unit: "bytes_per_second",
        familyName: "sent_bytes_per_second_total",
      },
      ...Array.from({ length: 3 }, () => ({ type: "histogram", familyName: "h_bytes_per_second" })),
    ]);
  });

  it("TR22: where help differs, the points are kept with the first help, and that is told", () => {
    const { timeSeries, warnings, drops } = translate(
      scopes(
        [one, gauge("m", [1], { description: "first" })],
        [two, gauge("m", [2], { description: "second" })],
      ),
    );
    expect(timeSeries.map(({ metadata }) => metadata.help)).toEqual(["first", "first"]);
    expect(warnings.map(({ code, metric }) => [code, metric])).toEqual([["metadata_conflict", "m"]]);
    expect(drops).toEqual([]);
  });

  it("TR22: where units differ that are not in the name, the first one is kept, and that is told", () => {
    const { timeSeries, warnings } = translate(
      scopes([one, gauge("m", [1], { unit: "s" })], [two, gauge("m", [2], { unit: "By" })]),
      { translationStrategy: "UnderscoreEscapingWithoutSuffixes" },
    );
    expect(timeSeries.map(({ metadata }) => metadata.unit)).toEqual(["seconds", "seconds"]);
    expect(warnings.map(({ code }) => code)).toEqual(["metadata_conflict"]);
  });

  it("TR22: no description conflicts with none", () => {
    const { warnings } = translate(
      scopes([one, gauge("m", [1])], [two, gauge("m", [2], { description: "second" })]),
    );
    expect(warnings).toEqual([]);
  });

  it("TR22: an instrument that describes itself anew gives its series new metadata", () => {
    const translator = createTranslator();
    translator.translate(metrics([gauge("m", [1], { description: "old" })]));
    const { timeSeries, warnings } = translator.translate(metrics([gauge("m", [1], { description: "new" })]));
    expect(timeSeries.map(({ metadata }) => metadata.help)).toEqual(["new"]);
    expect(warnings).toEqual([]);
  });
});

describe("one series twice", () => {
  it("TR24: two scopes with different values: the first is sent, the other dropped by name", () => {
    const { timeSeries, drops } = translate(
      scopes([one, gauge("m", [1])], [two, gauge("m", [2])]),
      scopeless,
    );
    expect(valuesOf(timeSeries)).toEqual({ m: 1 });
    expect(drops).toMatchObject([{ metric: "m", reason: "duplicate_series" }]);
    expect(drops[0]?.detail).toBe('the series {__name__="m"} has another value of the gauge m of one');
  });

  it("TR24: two instruments whose names meet", () => {
    const { timeSeries, drops } = translate(metrics([gauge("a.b", [1]), gauge("a_b", [2])]));
    expect(valuesOf(timeSeries)).toEqual({ a_b: 1 });
    expect(drops).toMatchObject([{ metric: "a_b", reason: "duplicate_series" }]);
  });

  it("TR24: the same value is sent once, and nothing is told", () => {
    const twice = [
      [gauge("m", [1]), gauge("m", [1])],
      [histogram("h", [explicitValue([1], [1, 1])]), histogram("h", [explicitValue([1], [1, 1])])],
      [exponential("e", [exponentialValue()]), exponential("e", [exponentialValue()])],
    ] as const;
    for (const [first, second] of twice) {
      const { timeSeries, drops, warnings } = translate(scopes([one, first], [two, second]), scopeless);
      for (const { samples, histograms } of timeSeries) expect(samples.length + histograms.length).toBe(1);
      expect([drops, warnings]).toEqual([[], []]);
    }
  });

  it("TR24: native histograms are the same only if their buckets are", () => {
    const [low, high] = [0, 5].map((offset) =>
      exponentialValue({ count: 1, positive: { offset, bucketCounts: [1] } }),
    );
    const { drops } = translate(
      scopes([one, exponential("e", [low ?? 0])], [two, exponential("e", [high ?? 0])]),
      scopeless,
    );
    expect(drops).toMatchObject([{ metric: "e", reason: "duplicate_series" }]);
  });

  it("TR24: a histogram that is dropped is one drop, however many series it has", () => {
    const [first, second] = [1, 2].map((sum) => histogram("h", [explicitValue([1], [sum, sum], { sum })]));
    const { drops } = translate(
      scopes([one, first ?? gauge("", [])], [two, second ?? gauge("", [])]),
      scopeless,
    );
    expect(drops).toHaveLength(1);
  });

  it("TR24: a second instrument is dropped whatever its time, as long as the first is sent", () => {
    const translator = createTranslator(scopeless);
    const dropsOf = (scope: ScopeInput, seconds: number): number => {
      const endTime = hrTime(endMillis + seconds * 1000);
      return translator.translate(scopes([scope, gauge("m", [point(1, {}, { endTime })])])).drops.length;
    };
    expect([dropsOf(one, 0), dropsOf(two, 1), dropsOf(two, 2), dropsOf(one, 3)]).toEqual([0, 1, 1, 0]);
    // Ten collections without the first one: the series is free.
    expect(Array.from({ length: 10 }, (_, i) => dropsOf(two, 4 + i))).toEqual(
      Array.from({ length: 10 }, () => 1),
    );
    expect(dropsOf(two, 20)).toBe(0);
    expect(dropsOf(one, 21)).toBe(1);
  });

  it("TR24: points of one series at several times are all sent, in order", () => {
    const points = [3, 1, 2].map((i) => point(i, {}, { endTime: hrTime(endMillis + i) }));
    const { timeSeries, drops } = translate(metrics([gauge("m", points)]));
    expect(timeSeries[0]?.samples).toEqual([1, 2, 3].map((i) => ({ value: i, timestamp: endMillis + i })));
    expect(drops).toEqual([]);
  });

  it("TR24: however many points come in one call", () => {
    const count = 3000;
    const history = Array.from({ length: count }, (_, i) => point(i, {}, { endTime: hrTime(endMillis + i) }));
    const wide = Array.from({ length: count }, (_, i) => point(i, { i }));
    const list = [gauge("long", history), gauge("wide", wide), gauge("wide", structuredClone(wide))];
    const { timeSeries, drops } = translate(metrics(list));
    expect([timeSeries.length, timeSeries[0]?.samples.length, drops]).toEqual([count + 1, count, []]);
  });

  it("TR24: points of one series at one time: the first is sent, another value is dropped", () => {
    const points = [point(1), point(1), point(2), point(5, {}, { endTime: hrTime(endMillis + 1) }), point(3)];
    const { timeSeries, drops } = translate(metrics([gauge("m", points)]));
    expect(valuesOf(timeSeries)).toEqual({ m: [1, 5] });
    expect(drops.map(({ reason }) => reason)).toEqual(["duplicate_series", "duplicate_series"]);
  });

  it("TR27: one attributes object twice in one metric of one collection is dropped and named", () => {
    const attributes = { user: "changed" };
    const { timeSeries, drops } = translate(
      metrics([counter("c", [point(1, attributes), point(2, attributes)])]),
    );
    expect(valuesOf(timeSeries)).toEqual({ 'c_total{user="changed"}': 1 });
    expect(drops).toMatchObject([{ metric: "c", reason: "mutated_attributes" }]);
  });

  it("TR27: one attributes object in two metrics is none of that", () => {
    const attributes = { a: "1" };
    const { timeSeries, drops } = translate(
      metrics([gauge("a", [point(1, attributes)]), gauge("b", [point(1, attributes)])]),
    );
    expect([timeSeries.length, drops]).toEqual([2, []]);
  });

  it("TR24, TR27: a metric that comes twice is sent once, fresh or in steady state, and told only where it differs", () => {
    const translator = createTranslator();
    const list = [point(1, { a: "1" }), point(2, { a: "2" })];
    const once = gauge("m", list);
    const write = (seconds: number, again: number): readonly unknown[] => {
      const endTime = hrTime(endMillis + seconds * 1000);
      const withPoints = (more: number): typeof once => ({
        ...once,
        dataPoints: list.map(({ attributes }, i) => point(i + 1 + more, attributes, { endTime })),
      });
      const { timeSeries, drops } = translator.translate(metrics([withPoints(0), withPoints(again)]));
      return [valuesOf(timeSeries), drops.map(({ reason }) => reason)];
    };
    const sent = { 'm{a="1"}': 1, 'm{a="2"}': 2 };
    for (let i = 0; i < 3; i++) expect(write(i, 0)).toEqual([sent, []]);
    for (let i = 3; i < 6; i++) expect(write(i, 1)).toEqual([sent, ["duplicate_series", "duplicate_series"]]);
  });
});
