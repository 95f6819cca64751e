import { describe, expect, it } from "vitest";
import { translate, type SummaryInput } from "../index.js";
import { metrics, startMillis, summary, valuesOf } from "../testdata/fixtures.js";
import { vectors } from "../testdata/vectors.js";

describe("summaries", () => {
  it.each(vectors.summaries)("T20: $id", ({ input: { quantiles, ...rest }, expected }) => {
    const quantileValues = quantiles.map(([quantile, value]) => ({ quantile, value }));
    const { timeSeries } = translate(metrics([summary("s", [{ ...rest, quantileValues }])]));
    const wanted = expected.map(([suffix, quantile, value]) => [
      quantile === null ? `s${suffix}` : `s{quantile="${quantile}"}`,
      value,
    ]);
    expect(Object.entries(valuesOf(timeSeries))).toEqual(wanted);
  });

  it("T20: quantiles come lowest first, in shortest decimals, with the start time", () => {
    const quantileValues = [1, 0.99, 0, 0.5].map((quantile) => ({ quantile, value: quantile }));
    const { timeSeries } = translate(metrics([summary("s", [{ count: 1, sum: 1, quantileValues }])]));
    expect(Object.keys(valuesOf(timeSeries)).slice(2)).toEqual(
      ["0", "0.5", "0.99", "1"].map((quantile) => `s{quantile="${quantile}"}`),
    );
    for (const { samples, metadata } of timeSeries) {
      expect([samples[0]?.startTimestamp, metadata.type]).toEqual([startMillis, "summary"]);
    }
  });

  it.each([
    ["sum", { sum: undefined }],
    ["count", { count: null }],
    ["quantile's value", { quantileValues: [{ quantile: 0.5 }] }],
    ["quantile", { quantileValues: [{ quantile: "0.5", value: 1 }] }],
  ])("TR29: one whose %s is no number is dropped as a whole", (_, odd) => {
    const value = { count: 1, sum: 1, quantileValues: [], ...odd } as unknown as SummaryInput;
    const { timeSeries, drops } = translate(metrics([summary("s", [value])]));
    expect(timeSeries).toEqual([]);
    expect(drops).toMatchObject([{ metric: "s", reason: "invalid_value" }]);
  });
});
