import type { Series } from "@otel-remote-write/prompb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classicHistogram, gauges, roundWith } from "../sending/sending.test-support.js";
import { bytesOf, halveRound } from "./halve-round.js";

const names = (series: Iterable<Series>): string[] =>
  [...series].map(({ labels }) => labels.map(({ value }) => value).join("/"));

describe("halveRound", () => {
  it("divides the series in the middle", () => {
    const halves = halveRound(roundWith(gauges(5)), () => 1);
    expect([2, 3]).toContain(halves?.second.size);
    expect(halves?.isOneFamily).toBe(false);
  });

  it("has no halves of one series", () => {
    expect(halveRound(roundWith(gauges(1)), () => 1)).toBeUndefined();
  });

  it("E5: keeps a classic histogram together, wherever the middle is", () => {
    const series = [
      ...gauges(3),
      ...classicHistogram("wait", 8),
      ...classicHistogram("size", 8),
      ...gauges(2),
    ];
    for (let from = 0; from < 4; from++) {
      const halves = halveRound(roundWith(series.slice(from)), () => 1);
      const second = names(halves?.second ?? []);
      for (const name of ["wait", "size"]) {
        expect([0, 10]).toContain(second.filter((each) => each.startsWith(name)).length);
      }
    }
  });

  it("tells two histograms of one family apart by their other labels", () => {
    const one = classicHistogram("wait", 4);
    const two = one.map((series) => ({
      ...series,
      labels: [...series.labels, { name: "route", value: "/" }],
    }));
    expect(halveRound(roundWith([...one, ...two]), () => 1)?.second).toEqual(new Set(two));
  });

  it("divides a single histogram, and says that it is one", () => {
    const halves = halveRound(roundWith(classicHistogram("wait", 8)), () => 1);
    expect(halves?.isOneFamily).toBe(true);
    expect(halves?.second.size).toBe(5);
  });

  it("goes by the bytes that series take, where these are what is too many", () => {
    const [first, ...others] = gauges(9);
    if (first === undefined) throw new Error("there are nine");
    const long = { ...first, labels: [...first.labels, { name: "text", value: "x".repeat(10_000) }] };
    const round = roundWith([long, ...others]);
    expect(halveRound(round, bytesOf(round))?.second).toEqual(new Set(others));
  });

  it("always has something in both halves, so that dividing ends", () => {
    const weights = fc.array(fc.nat({ max: 100 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(weights, (list) => {
        const series = gauges(list.length);
        const halves = halveRound(roundWith(series), (each) => list[series.indexOf(each)] ?? 0);
        expect(halves?.second.size).toBeGreaterThan(0);
        expect(halves?.second.size).toBeLessThan(series.length);
      }),
    );
  });
});
