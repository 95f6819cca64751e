import { expect, it } from "vitest";
import { translate, type MetricInput } from "../index.js";
import {
  counter,
  explicitValue,
  exponential,
  exponentialValue,
  gauge,
  histogram,
  metrics,
  summary,
  upDownCounter,
} from "../testdata/fixtures.js";

const makers: readonly [string, (name: string, more: Partial<MetricInput>) => MetricInput][] = [
  ["counters", (name, more) => counter(name, [1], more)],
  ["up-down-counters", (name, more) => upDownCounter(name, [1], more)],
  ["histograms", (name, more) => histogram(name, [explicitValue([], [1])], more)],
  ["exponential histograms", (name, more) => exponential(name, [exponentialValue()], more)],
];

it.each(makers)(
  "TR19: delta %s, and those without temporality, are dropped by name and the rest is kept",
  (_, make) => {
    const list = [0, undefined, 2, 1].map((aggregationTemporality, i) =>
      make(`m${i}`, { aggregationTemporality }),
    );
    const { timeSeries, drops } = translate(metrics(list));
    expect(new Set(timeSeries.map(({ metadata }) => metadata.familyName.replace("_total", "")))).toEqual(
      new Set(["m3"]),
    );
    expect(drops.map(({ metric, reason }) => [metric, reason])).toEqual([
      ["m0", "delta_temporality"],
      ["m1", "delta_temporality"],
      ["m2", "delta_temporality"],
    ]);
    expect(drops[0]?.detail).toContain("m0");
  },
);

it("TR19: gauges and summaries have no temporality", () => {
  const none = { aggregationTemporality: 0 };
  const value = { count: 1, sum: 1, quantileValues: [] };
  const { timeSeries, drops } = translate(metrics([gauge("g", [1], none), summary("s", [value], none)]));
  expect([timeSeries.length, drops]).toEqual([3, []]);
});
