import type { Series } from "@otel-remote-write/prompb";
import { describe, expect, it, vi } from "vitest";
import {
  createTranslator,
  translate,
  type AttributesInput,
  type MetricInput,
  type MetricsInput,
  type PointSink,
} from "./index.js";
import {
  counter,
  endMillis,
  explicitValue,
  exponential,
  exponentialValue,
  gauge,
  histogram,
  hrTime,
  metrics,
  point,
  shortName,
} from "./testdata/fixtures.js";

/** A sink that keeps the series, and what was written, in order. */
function recordingSink(): PointSink<string> & { series: Series<string>[]; calls: unknown[][] } {
  const series: Series<string>[] = [];
  const calls: unknown[][] = [];
  return {
    series,
    calls,
    sample(of, ...rest) {
      series.push(of);
      calls.push(["sample", shortName(of), ...rest]);
    },
    staleMarker(of, timestamp) {
      series.push(of);
      calls.push(["staleMarker", shortName(of), timestamp]);
    },
    histogram(of, { count }) {
      series.push(of);
      calls.push(["histogram", shortName(of), count]);
    },
    exemplar(of, { value }) {
      calls.push(["exemplar", shortName(of), value]);
    },
  };
}

const at = (seconds: number): { endTime: readonly [number, number] } => ({
  endTime: hrTime(endMillis + seconds * 1000),
});

describe("a translator", () => {
  it("writes points into a sink, exemplars after what they belong to", () => {
    const sink = recordingSink();
    const exemplars = [{ value: 5, timestamp: hrTime(endMillis) }];
    createTranslator<string>().write(
      metrics([
        counter("c", [point(1, {}, { exemplars })]),
        gauge("g", [point(2, {}, { flags: 1 })]),
        histogram("h", [point(explicitValue([9], [1, 0]), {}, { exemplars, startTime: undefined })]),
        exponential("e", [point(exponentialValue(), {}, { exemplars })]),
      ]),
      sink,
    );
    expect(sink.calls).toEqual([
      ["sample", "c_total", 1, endMillis, endMillis - 60_000],
      ["exemplar", "c_total", 5],
      ["staleMarker", "g", endMillis],
      ["sample", "h_sum", 7, endMillis, 0],
      ["sample", "h_count", 1, endMillis, 0],
      ["sample", 'h_bucket{le="9"}', 1, endMillis, 0],
      ["exemplar", 'h_bucket{le="9"}', 5],
      ["sample", 'h_bucket{le="+Inf"}', 1, endMillis, 0],
      ["histogram", "e", 0],
      ["exemplar", "e", 5],
    ]);
  });

  it("TR25: writes exemplars in the order of their times", () => {
    const sink = recordingSink();
    const exemplars = [3, 1, 2].map((value) => ({ value, timestamp: hrTime(endMillis - 10 + value) }));
    createTranslator<string>().write(metrics([counter("c", [point(1, {}, { exemplars })])]), sink);
    expect(sink.calls.slice(1)).toEqual([1, 2, 3].map((value) => ["exemplar", "c_total", value]));
  });

  it("hands out the same Series for the same labels, whatever objects stand for them", () => {
    const translator = createTranslator<string>();
    const sink = recordingSink();
    const attributes = { route: "/" };
    const kept = counter("c", [point(1, attributes)]);
    const resource = { "service.name": "shop" };
    const scope = { name: "lib", version: "1" };
    const variants: MetricsInput[] = [
      metrics([kept], { resource, scope }),
      // The same objects, as the SDK hands them out.
      metrics([{ ...kept, dataPoints: [point(2, attributes, at(1))] }], { resource, scope }),
      // Nothing but the content is the same, as of a metric producer.
      structuredClone(metrics([{ ...kept, dataPoints: [point(3, attributes, at(2))] }], { resource, scope })),
      // A descriptor that was made anew.
      metrics([counter("c", [point(4, attributes, at(3))])], { resource, scope }),
    ];
    for (const [i, input] of variants.entries()) {
      expect(translator.write(input, sink).drops).toEqual([]);
      for (const series of sink.series) series.owned ??= `mine ${i}`;
    }
    const [first] = sink.series;
    expect(sink.series.length).toBe(4);
    expect(sink.series.every((series) => series === first)).toBe(true);
    expect(first?.owned).toBe("mine 0");
  });

  it("finds the same Series where a collection comes in parts", () => {
    const translator = createTranslator<string>();
    const seriesOf = (...list: MetricInput[]): Series<string>[] => {
      const sink = recordingSink();
      translator.write(metrics(list), sink);
      return sink.series;
    };
    const [a, b] = [gauge("a", [1]), gauge("b", [1])];
    const [wholeA, wholeB] = seriesOf(a, b);
    expect([...seriesOf(a), ...seriesOf(b)]).toEqual([wholeA, wholeB]);
    expect(seriesOf(a)[0]).toBe(wholeA);
  });

  it("tells points apart that one descriptor and attributes object stand for", () => {
    const descriptor = { name: "m", unit: "", description: "" };
    const attributes = { a: "1" };
    const make = (metric: MetricInput): MetricInput => ({ ...metric, descriptor });
    const input: MetricsInput = {
      resource: { attributes: {} },
      scopeMetrics: ["one", "two"].map((name) => ({
        scope: { name },
        metrics: [make(gauge("m", [point(1, attributes)])), make(counter("m", [point(2, attributes)]))],
      })),
    };
    const translator = createTranslator();
    for (let round = 0; round < 2; round++) {
      expect(translator.translate(input)).toEqual(translate(input));
      expect(translator.translate(input).timeSeries.map(shortName)).toHaveLength(4);
    }
  });

  it("notices other boundaries for the same attributes", () => {
    const attributes = {};
    const descriptor = { name: "h" };
    const translator = createTranslator();
    for (const boundaries of [[1, 2], [1, 3], [], [1, 2]]) {
      const counts = [...boundaries, 0].map(() => 1);
      const input = metrics([
        { ...histogram("h", [point(explicitValue(boundaries, counts), attributes)]), descriptor },
      ]);
      expect(translator.translate(input)).toEqual(translate(input));
    }
  });

  it("forgets a Series that was not seen for ten collections, not before", () => {
    const translator = createTranslator<string>();
    const kept = { a: "1" };
    const seriesAt = (seconds: number, attributes: AttributesInput): Series<string> | undefined => {
      const sink = recordingSink();
      translator.write(metrics([gauge("m", [point(1, attributes, at(seconds))])]), sink);
      return sink.series[0];
    };
    const first = seriesAt(0, kept);
    for (let i = 1; i <= 9; i++) seriesAt(i, { other: "1" });
    expect(seriesAt(10, kept)).toBe(first);
    for (let i = 11; i <= 20; i++) seriesAt(i, { other: "1" });
    const again = seriesAt(21, kept);
    expect(again).not.toBe(first);
    expect([again?.labels, again?.metadata, again?.owned]).toEqual([
      first?.labels,
      first?.metadata,
      undefined,
    ]);
    expect(seriesAt(22, { ...kept })).toBe(again);
  });

  it("forgets a scope that came once after five minutes, also where new ones come all the time", () => {
    const translator = createTranslator();
    const seriesAt = (seconds: number, name: string): Series | undefined => {
      const sink = recordingSink();
      translator.write(metrics([gauge(`m.${name}`, [point(1, {}, at(seconds))])], { scope: { name } }), sink);
      return sink.series[0];
    };
    const first = seriesAt(0, "first");
    for (let i = 1; i <= 300; i++) seriesAt(i, `scope ${i}`);
    expect(seriesAt(301, "first")).toBe(first);
    // Twice by now, with 301 seconds in between.
    for (let i = 302; i <= 302 + 3 * 301; i++) seriesAt(i, `scope ${i}`);
    expect(seriesAt(1300, "first")).not.toBe(first);
  });

  it("does not count calls without points", () => {
    const translator = createTranslator<string>();
    const seriesAt = (seconds: number): Series<string> | undefined => {
      const sink = recordingSink();
      translator.write(metrics([gauge("m", [point(1, {}, at(seconds))])]), sink);
      return sink.series[0];
    };
    const first = seriesAt(0);
    for (let i = 0; i < 30; i++) translator.translate(metrics([]));
    expect(seriesAt(1)).toBe(first);
  });

  it("counts parts of a collection as one", () => {
    const translator = createTranslator<string>();
    const write = (name: string, seconds: number): Series<string> | undefined => {
      const sink = recordingSink();
      translator.write(metrics([gauge(name, [point(1, {}, at(seconds))])]), sink);
      return sink.series[0];
    };
    const first = write("a", 0);
    for (let i = 0; i < 30; i++) write(`b${i}`, 1);
    expect(write("a", 2)).toBe(first);
  });

  it("TR27: never reads the clock", () => {
    const clock = vi.spyOn(Date, "now");
    const timer = vi.spyOn(performance, "now");
    const input = metrics([gauge("m", [1])], { resource: { "service.name": "shop", a: "1" } });
    expect(createTranslator().translate(input).timeSeries).toHaveLength(2);
    expect([clock.mock.calls, timer.mock.calls]).toEqual([[], []]);
    vi.restoreAllMocks();
  });

  it("TR29: what a sink throws becomes a drop, too", () => {
    const sink = recordingSink();
    sink.sample = () => {
      throw new Error("full");
    };
    const { drops } = createTranslator<string>().write(metrics([gauge("m", [1])]), sink);
    expect(drops).toMatchObject([
      { metric: "m", reason: "unreadable_input", detail: expect.stringContaining("full") as string },
    ]);
  });

  it("keeps the series of instruments apart from what users do with the report", () => {
    const input = metrics([gauge("m", [1]), counter("d", [1], { aggregationTemporality: 0 })]);
    const translator = createTranslator();
    const { drops } = translator.translate(input);
    expect(translator.translate(input).drops).toEqual(drops);
    expect(translator.translate(input).drops).not.toBe(drops);
  });
});
