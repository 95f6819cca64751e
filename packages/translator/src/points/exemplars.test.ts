import { describe, expect, it } from "vitest";
import { translate, type ExemplarInput, type MetricInput, type TranslatorOptions } from "../index.js";
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
  point,
  shortName,
  upDownCounter,
} from "../testdata/fixtures.js";

const ids = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
const idLabels = { trace_id: ids.traceId, span_id: ids.spanId };

function exemplar(more: { readonly [Key in keyof ExemplarInput]?: unknown } = {}): ExemplarInput {
  return { value: 1, timestamp: hrTime(endMillis - 500), ...more } as ExemplarInput;
}

/** The labels of a counter's exemplars. */
function labels(input: Parameters<typeof exemplar>[0]): Record<string, string>[] {
  const { timeSeries } = translate(metrics([counter("c", [point(1, {}, { exemplars: [exemplar(input)] })])]));
  return (timeSeries[0]?.exemplars ?? []).map(labelsOf);
}

/** The values of exemplars by their series. */
function values(metric: MetricInput, options?: TranslatorOptions): Record<string, number[]> {
  const { timeSeries } = translate(metrics([metric]), options);
  return Object.fromEntries(
    timeSeries.flatMap((series) => {
      const found = series.exemplars.map(({ value }) => value);
      return found.length === 0 ? [] : [[shortName(series), found]];
    }),
  );
}

describe("exemplars", () => {
  it("TR25: have value, time in milliseconds and the trace's ids", () => {
    const { timeSeries } = translate(
      metrics([counter("c", [point(1, {}, { exemplars: [exemplar({ value: 69.42, ...ids })] })])]),
    );
    expect(timeSeries[0]?.exemplars).toEqual([
      {
        value: 69.42,
        timestamp: endMillis - 500,
        labels: [
          { name: "span_id", value: ids.spanId },
          { name: "trace_id", value: ids.traceId },
        ],
      },
    ]);
  });

  it("TR25: without value or time are left out", () => {
    expect(labels({ value: undefined })).toEqual([]);
    expect(labels({ timestamp: undefined })).toEqual([]);
  });

  it("TR25: filtered attributes are added, but do not replace the trace's ids", () => {
    expect(labels({ filteredAttributes: { "user.id": 7, trace_id: "mine" }, ...ids })).toEqual([
      { ...idLabels, user_id: "7" },
    ]);
  });

  it("TR8, TR25: an attribute that would be a name is left out", () => {
    expect(labels({ filteredAttributes: { __name__: "evil", a: "1" } })).toEqual([{ a: "1" }]);
  });

  it.each([
    ["128 characters fit, with an attribute without value", "k".repeat(65), "", true],
    ["129 do not", "k".repeat(66), "", false],
    ["characters are code points", "k".repeat(25), "😀".repeat(40), true],
    ["and not one more", "k".repeat(25), "😀".repeat(41), false],
  ])("TR25: %s", (_, key, value, fits) => {
    expect(labels({ filteredAttributes: { [key]: value }, ...ids })).toEqual([
      fits ? { ...idLabels, [key]: value } : idLabels,
    ]);
  });

  it("TR25: too long attributes are left out, the exemplar is kept", () => {
    expect(labels({ filteredAttributes: { ["k".repeat(129)]: "" } })).toEqual([{}]);
  });

  it("TR25: go to the bucket of the first bound at or above their value", () => {
    const exemplars = [200, 5, 10, 10.5, Number.NaN].map((value) => exemplar({ value }));
    expect(
      values(histogram("h", [point(explicitValue([5, 10, 100], [1, 1, 1, 1]), {}, { exemplars })])),
    ).toEqual({
      'h_bucket{le="5"}': [5],
      'h_bucket{le="10"}': [10],
      'h_bucket{le="100"}': [10.5],
      'h_bucket{le="+Inf"}': [200, Number.NaN],
    });
  });

  it("TR25: are sorted by their times", () => {
    const exemplars = [3, 1, 2].map((value) =>
      exemplar({ value, timestamp: hrTime(endMillis - 10 + value) }),
    );
    expect(values(counter("c", [point(1, {}, { exemplars })]))).toEqual({ c_total: [1, 2, 3] });
    expect(values(histogram("h", [point(explicitValue([], [1]), {}, { exemplars })]))).toEqual({
      'h_bucket{le="+Inf"}': [1, 2, 3],
    });
  });

  it("TR25: native histograms have them all; gauges and up-down-counters have none", () => {
    const exemplars = [exemplar({ value: 1 }), exemplar({ value: 9 })];
    expect(values(exponential("h", [point(exponentialValue(), {}, { exemplars })]))).toEqual({ h: [1, 9] });
    const custom = { explicitHistograms: "customBuckets" } as const;
    expect(values(histogram("h", [point(explicitValue([5], [1, 1]), {}, { exemplars })]), custom)).toEqual({
      h: [1, 9],
    });
    expect(values(gauge("g", [point(1, {}, { exemplars })]))).toEqual({});
    expect(values(upDownCounter("u", [point(1, {}, { exemplars })]))).toEqual({});
  });
});
