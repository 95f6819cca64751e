import type { TimeSeries } from "@otel-remote-write/prompb";
import { describe, expect, it } from "vitest";
import { createTranslator, type MetricInput, type ScopeInput } from "../index.js";
import { createTimeSeriesSink } from "../sink/time-series-sink.js";
import {
  endMillis,
  explicitValue,
  exponential,
  exponentialValue,
  gauge,
  histogram,
  hrTime,
  point,
  shortName,
} from "../testdata/fixtures.js";

const [one, two] = [{ name: "one" }, { name: "two" }];

function withoutJob({ labels }: Pick<TimeSeries, "labels">): string {
  return shortName({ labels: labels.filter(({ name }) => name !== "job") });
}

/** A translator that is told which series of the gauge `m` there are; each collection takes place a second later. */
function start() {
  const translator = createTranslator({ scopeInfo: false, targetInfo: false });
  let seconds = 0;

  /** Translates one call, and gives the series that it ends. */
  function write(
    scopes: readonly (readonly [ScopeInput, ...MetricInput[]])[],
    service: string = "shop",
  ): string[] {
    const input = {
      resource: { attributes: { "service.name": service } },
      scopeMetrics: scopes.map(([scope, ...metrics]) => ({ scope, metrics })),
    };
    translator.write(input, createTimeSeriesSink());
    const sink = createTimeSeriesSink();
    for (const pause of translator.endAbsentSeries(sink, () => true)) expect(pause).toBeUndefined();
    const ended = sink.timeSeries().map((series) => {
      const [end] = series.samples;
      expect(end).toMatchObject({ stale: true, timestamp: endMillis + seconds * 1000 });
      return withoutJob(series);
    });
    return ended.toSorted();
  }

  const m = (...keys: readonly string[]): MetricInput =>
    gauge(
      "m",
      keys.map((key) => point(1, { key }, { endTime: hrTime(endMillis + seconds * 1000) })),
    );

  function endAll(): string[] {
    const sink = createTimeSeriesSink();
    for (const pause of translator.endAllSeries(sink, endMillis, () => true)) expect(pause).toBeUndefined();
    return sink.timeSeries().map(withoutJob).toSorted();
  }

  return {
    write,
    m,
    endAll,
    /** A collection of one call and one scope. */
    collect: (...keys: readonly string[]): string[] => {
      seconds++;
      return write([[one, m(...keys)]]);
    },
    tick: () => void seconds++,
  };
}

describe("endAbsentSeries", () => {
  it("W1.23: ends a series that was in none of three collections, once", () => {
    const { collect } = start();
    const ended = [collect("a", "b"), collect("a"), collect("a"), collect("a"), collect("a"), collect("a")];
    expect(ended).toEqual([[], [], [], ['m{key="b"}'], [], []]);
  });

  it("lets a series come back, and ends it again", () => {
    const { collect } = start();
    const keys = [["a", "b"], ["a"], ["a"], ["a"], ["a", "b"], ["a", "b"], ["a"], ["a"], ["a"], ["a"]];
    expect(keys.map((each) => collect(...each))).toEqual([
      [],
      [],
      [],
      ['m{key="b"}'],
      [],
      [],
      [],
      [],
      ['m{key="b"}'],
      [],
    ]);
  });

  it("does not end a series that was away for two collections", () => {
    const { collect } = start();
    const keys = [["a", "b"], ["a"], ["a"], ["a", "b"], ["a"], ["a"], ["a", "b"]];
    expect(keys.flatMap((each) => collect(...each))).toEqual([]);
  });

  it("ends the series of an instrument that is gone while its scope goes on", () => {
    const { write, m, tick } = start();
    const other = gauge("other", [1]);
    const ended = [[m("a"), other], [m("a")], [m("a")], [m("a")]].map((metrics, i) => {
      if (i > 0) tick();
      return write([[one, ...metrics.map((metric) => (metric === other ? metric : m("a")))]]);
    });
    expect(ended).toEqual([[], [], [], ["other"]]);
  });

  it("waits for a scope that brings nothing, and ends its series after ten collections of the others", () => {
    const { write, m, tick } = start();
    const ended = Array.from({ length: 14 }, (_, i) => {
      tick();
      return write(
        i <= 1
          ? [
              [one, m("a")],
              [two, m("b")],
            ]
          : [[one, m("a")]],
      );
    });
    expect(ended.map((each) => each.length)).toEqual([...Array<number>(10).fill(0), 0, 1, 0, 0]);
  });

  it.each([
    ["of one resource", "shop"],
    ["of another resource", "slow"],
  ])("ends and forgets nothing %s that comes every minute beside others every second", (_, service) => {
    const { write, m, tick, endAll } = start();
    const collect = (i: number): string[] => {
      tick();
      const slow = i % 60 === 30 ? write([[two, m("b")]], service) : [];
      return [...slow, ...write([[one, m("a")]])];
    };
    expect(Array.from({ length: 420 }, (__, i) => collect(i)).flat()).toEqual([]);
    expect(endAll()).toEqual(['m{key="a"}', 'm{key="b"}']);
  });

  it("waits three intervals for one that comes less often; for one that came once, five minutes", () => {
    const { write, m, tick } = start();
    const collect = (i: number): string[] => {
      tick();
      if (i === 30 || i === 90) write([[two, m("b")]]);
      if (i === 90) write([[{ name: "three" }, m("c")]]);
      return write([[one, m("a")]]);
    };
    const ended = Array.from({ length: 500 }, (_, i) => collect(i));
    expect(ended.findIndex((each) => each.includes('m{key="b"}'))).toBe(90 + 181);
    expect(ended.findIndex((each) => each.includes('m{key="c"}'))).toBe(90 + 301);
    expect(ended.flat()).toHaveLength(2);
  });

  it("counts the collections of each scope: one that comes less often is not absent", () => {
    const { write, m, tick } = start();
    const ended = Array.from({ length: 30 }, (_, i) => {
      tick();
      return write(
        i % 6 === 0
          ? [
              [one, m("a")],
              [two, m("b")],
            ]
          : [[one, m("a")]],
      );
    });
    expect(ended.flat()).toEqual([]);
  });

  it("does not take another resource's collections for its own", () => {
    const { write, m, tick } = start();
    const ended = Array.from({ length: 9 }, (_, i) => {
      tick();
      return write([[one, m("a")]], i === 0 ? "first" : "second");
    });
    expect(ended.flat()).toEqual([]);
  });

  it("does not take a part for the whole: several calls with one end time are one collection", () => {
    const { write, m, tick } = start();
    const ended: string[][] = [];
    for (let i = 0; i < 6; i++) {
      tick();
      for (const key of ["a", "b", "c", "d", "e"]) ended.push(write([[one, m(key)]]));
    }
    expect(ended.flat()).toEqual([]);
  });

  it("ends what is absent from collections in parts when three of them are complete", () => {
    const { write, m, tick } = start();
    const ended = Array.from({ length: 6 }, (_, i) => {
      tick();
      const first = write([[one, m("a")]]);
      return [...first, ...write([[one, i === 0 ? m("b", "c") : m("b")]])];
    });
    expect(ended).toEqual([[], [], [], [], ['m{key="c"}'], []]);
  });

  it("ends series that came in blocks", () => {
    const { write, tick } = start();
    const attributes = ["a", "b", "c"].map((key) => ({ key }));
    const m = gauge("m", []);
    const n = gauge("n", []);
    const collect = (i: number): string[] => {
      tick();
      const points = attributes.map((each) => point(i, each, { endTime: hrTime(endMillis + i * 1000) }));
      const [mPoints, nPoints] = [i < 5 ? points : points.slice(1), i < 5 || i > 9 ? points : []];
      return write([[one, { ...m, dataPoints: mPoints }, { ...n, dataPoints: nPoints }]]);
    };
    const ended = Array.from({ length: 12 }, (_, i) => collect(i + 1));
    expect(ended[6]).toEqual(['m{key="a"}', 'n{key="a"}', 'n{key="b"}', 'n{key="c"}']);
    expect(ended.flat()).toHaveLength(4);
  });

  it("T17, T18: ends every series of histograms, the native ones with count 0 and no buckets", () => {
    const translator = createTranslator({ explicitHistograms: "both" });
    const collect = (i: number): TimeSeries[] => {
      const at = { endTime: hrTime(endMillis + i * 1000) };
      const more =
        i > 0
          ? []
          : [
              histogram("h", [point(explicitValue([1], [1, 2]), {}, at)]),
              exponential("e", [point(exponentialValue({ scale: 3 }), {}, at)]),
            ];
      const metrics = [gauge("m", [point(1, {}, at)]), ...more];
      translator.write({ resource: { attributes: {} }, scopeMetrics: [{ scope: one, metrics }] }, nowhere);
      const sink = createTimeSeriesSink();
      for (const pause of translator.endAbsentSeries(sink, () => true)) expect(pause).toBeUndefined();
      return sink.timeSeries();
    };
    const nowhere = createTimeSeriesSink();
    const ended = Array.from({ length: 4 }, (_, i) => collect(i)).flat();
    const numbers = ended.filter(({ samples }) => samples.length > 0);
    expect(numbers.map((each) => each.labels.find(({ name }) => name === "__name__")?.value)).toEqual(
      expect.arrayContaining(["h_sum", "h_count", "h_bucket", "h_bucket"]),
    );
    const empty = {
      count: 0,
      sum: NaN,
      zeroCount: 0,
      positiveSpans: [],
      positiveDeltas: [],
      negativeSpans: [],
      negativeDeltas: [],
      timestamp: endMillis + 3000,
      stale: true,
    };
    const natives = ended.flatMap(({ histograms }) => histograms).toSorted((a, b) => a.schema - b.schema);
    expect(natives).toMatchObject([
      { ...empty, schema: -53, customValues: [1] },
      { ...empty, schema: 3 },
    ]);
  });

  it("ends a target_info that has become another one", () => {
    const translator = createTranslator();
    const ended = Array.from({ length: 5 }, (_, i) => {
      const version = Math.min(i, 1);
      const resource = { attributes: { "service.name": "shop", "service.instance.id": "1", version } };
      const metrics = [gauge(`m${version}`, [point(1, {}, { endTime: hrTime(endMillis + i * 1000) })])];
      const sink = createTimeSeriesSink();
      translator.write({ resource, scopeMetrics: [{ scope: one, metrics }] }, sink);
      const ends = createTimeSeriesSink();
      for (const pause of translator.endAbsentSeries(ends, () => true)) expect(pause).toBeUndefined();
      return ends.timeSeries().map(({ labels }) => labels.map(({ value }) => value));
    });
    expect(ended).toEqual([[], [], [], [["target_info", "1", "shop", "0"]], []]);
  });
});

describe("endAllSeries", () => {
  it("W2.34: ends every series once", () => {
    const { collect, endAll } = start();
    collect("a", "b");
    expect(endAll()).toEqual(['m{key="a"}', 'm{key="b"}']);
    expect(endAll()).toEqual([]);
  });

  it("leaves out what has ended already, and what is not wanted", () => {
    const { collect, endAll } = start();
    for (const keys of [["a", "b"], ["a"], ["a"], ["a"]]) collect(...keys);
    expect(endAll()).toEqual(['m{key="a"}']);
  });

  it("lets other work be done in between", () => {
    const translator = createTranslator();
    const points = Array.from({ length: 10_000 }, (_, key) => point(1, { key }));
    const sink = createTimeSeriesSink();
    translator.write(
      {
        resource: { attributes: {} },
        scopeMetrics: [{ scope: one, metrics: [gauge("m", points)] }],
      },
      sink,
    );
    const ends = createTimeSeriesSink();
    const slices = [...translator.endAllSeries(ends, endMillis, ({ labels }) => labels.length > 0)];
    expect(slices.length).toBeGreaterThan(3);
    expect(ends.timeSeries()).toHaveLength(10_000);
  });
});
