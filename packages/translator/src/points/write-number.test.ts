import { describe, expect, it } from "vitest";
import { translate, type Translation, type MetricInput, type MetricsInput } from "../index.js";
import {
  counter,
  endMillis,
  gauge,
  hrTime,
  metrics,
  point,
  startMillis,
  upDownCounter,
  valuesOf,
} from "../testdata/fixtures.js";

const of = (...list: readonly MetricInput[]): Translation => translate(metrics(list));
const [start, end] = [hrTime(startMillis), hrTime(endMillis)];

describe("sums and gauges", () => {
  it("T9, T10: are one series each, of the type that they are", () => {
    const { timeSeries } = of(counter("c", [1]), upDownCounter("u", [-2]), gauge("g", [2.5]));
    expect(valuesOf(timeSeries)).toEqual({ c_total: 1, u: -2, g: 2.5 });
    expect(timeSeries.map(({ metadata }) => metadata.type)).toEqual(["counter", "gauge", "gauge"]);
  });

  it.each(["unknown", "info", "stateset"])(
    "T9: metadata can make %s of a gauge, not of a counter",
    (type) => {
      const more = { metadata: { "prometheus.type": type } };
      const { timeSeries } = of(
        gauge("g", [1], more),
        upDownCounter("u", [1], more),
        counter("c", [1], more),
      );
      expect(timeSeries.map(({ metadata }) => metadata.type)).toEqual([type, type, "counter"]);
    },
  );

  it("TR20: counters have a start time, gauges and up-down-counters none", () => {
    const { timeSeries } = of(counter("c", [1]), upDownCounter("u", [1]), gauge("g", [1]));
    expect(timeSeries.map(({ samples }) => samples[0]?.startTimestamp)).toEqual([
      startMillis,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ["later than the point", hrTime(endMillis + 1), undefined],
    ["at the point", end, endMillis],
    ["unset", undefined, undefined],
    ["0", [0, 0], undefined],
    ["no time", "now", undefined],
  ])("TR20: a start time that is %s", (_, startTime, expected) => {
    const { timeSeries } = of(counter("c", [point(1, {}, { startTime: startTime as typeof start })]));
    expect(timeSeries[0]?.samples[0]?.startTimestamp).toBe(expected);
  });

  it("keeps all floats as they are, and takes bigint", () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, -0, 5n];
    const points = values.map((value, i) => point(value, { i }));
    expect(Object.values(valuesOf(of(gauge("g", points)).timeSeries))).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -0,
      5,
    ]);
  });

  it.each([undefined, null, "1", {}, [1]])(
    "TR29: the value %j is dropped by name, the rest is kept",
    (value) => {
      const odd = point(value as number, { a: "odd" });
      const { timeSeries, drops } = of(gauge("g", [odd, point(1)]));
      expect(valuesOf(timeSeries)).toEqual({ g: 1 });
      expect(drops).toMatchObject([{ metric: "g", reason: "invalid_value" }]);
    },
  );

  it.each([undefined, null, [], [Number.NaN, 0], ["1", 0], [1e300, 0], "now"])(
    "TR29: the end time %j is dropped by name, the rest is kept",
    (endTime) => {
      const odd = point(1, { a: "odd" }, { endTime: endTime as unknown as typeof end });
      const { timeSeries, drops } = of(gauge("g", [odd, point(1)]));
      expect(valuesOf(timeSeries)).toEqual({ g: 1 });
      expect(drops).toMatchObject([{ metric: "g", reason: "invalid_timestamp" }]);
    },
  );

  it("TR29: a name of which nothing is left is dropped, the rest is kept", () => {
    const { timeSeries, drops } = of(gauge("字", [1]), gauge("", [1]), gauge("g", [1]));
    expect(valuesOf(timeSeries)).toEqual({ g: 1 });
    expect(drops).toMatchObject([
      { metric: "字", reason: "empty_name" },
      { metric: "", reason: "empty_name" },
    ]);
  });

  it("TR29: an unknown kind of metric is dropped, the rest is kept", () => {
    const { timeSeries, drops } = of({ ...gauge("odd", [1]), dataPointType: 9 }, gauge("g", [1]));
    expect(valuesOf(timeSeries)).toEqual({ g: 1 });
    expect(drops).toMatchObject([{ metric: "odd", reason: "unsupported_metric_type" }]);
  });

  it.each([null, undefined, 1])("TR29: the point %j is dropped, the rest of the metric is kept", (odd) => {
    const dataPoints = [odd as unknown as ReturnType<typeof point>, point(1)];
    const { timeSeries, drops } = of({ ...gauge("g", []), dataPoints });
    expect(valuesOf(timeSeries)).toEqual({ g: 1 });
    expect(drops).toHaveLength(1);
    expect(drops[0]?.metric).toBe("g");
  });

  it("TR29: without resource and scope there are no labels of theirs", () => {
    const input = { scopeMetrics: [{ metrics: [gauge("g", [1])] }] } as unknown as MetricsInput;
    const { timeSeries, drops } = translate(input);
    expect([valuesOf(timeSeries), drops]).toEqual([{ g: 1 }, []]);
  });

  it("TR29: what throws when it is read is dropped, the rest is kept", () => {
    const trap = Object.defineProperty(gauge("trap", [1]), "descriptor", {
      get() {
        throw new Error("boom");
      },
    });
    const { timeSeries, drops } = of(trap, gauge("g", [1]));
    expect(valuesOf(timeSeries)).toEqual({ g: 1 });
    expect(drops).toMatchObject([
      { reason: "unreadable_input", detail: expect.stringContaining("boom") as string },
    ]);
  });
});
