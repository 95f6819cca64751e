import { describe, expect, it } from "vitest";
import type { Series } from "../recorded/series.js";
import { compare } from "./compare.js";

const a: Series = { labels: { __name__: "a_total", route: "/" }, value: 3 };
const b: Series = { labels: { __name__: "b", job: "shop" }, value: 0.1 + 0.2 };

describe("compare", () => {
  it("finds both sides equal, whatever the order of series and labels", () => {
    const reordered = { labels: { route: "/", __name__: "a_total" }, value: 3 };
    const { all, wrong } = compare([a, b], [b, reordered]);
    expect(all).toHaveLength(2);
    expect(wrong).toEqual([]);
  });

  it("finds a series that is missing", () => {
    expect(compare([a, b], [b]).wrong).toEqual([
      { labels: a.labels, recorded: 3, arrived: undefined, same: false },
    ]);
  });

  it("finds a series that nobody recorded", () => {
    expect(compare([a], [a, b]).wrong).toEqual([
      { labels: b.labels, recorded: undefined, arrived: b.value, same: false },
    ]);
  });

  it("takes a series with one label more for another series", () => {
    const more = { labels: { ...a.labels, le: "1" }, value: 3 };
    expect(compare([a], [more]).wrong).toEqual([
      { labels: a.labels, recorded: 3, arrived: undefined, same: false },
      { labels: more.labels, recorded: undefined, arrived: 3, same: false },
    ]);
  });

  it("finds another value, to the last bit", () => {
    expect(compare([b], [{ ...b, value: 0.3 }]).wrong).toEqual([
      { labels: b.labels, recorded: b.value, arrived: 0.3, same: false },
    ]);
  });

  it.each([
    [0.1 + 0.2, 0.3, true],
    [123_456_789_012.4, 123_456_789_012, true],
    [123_456_789_013, 123_456_789_012, false],
    [-1, 1, false],
    [0, 1e-300, false],
    [Number.NaN, 0, false],
  ])("takes %d and %d for the same, where 12 digits are kept: %s", (recorded, arrived, same) => {
    const { wrong } = compare([{ ...a, value: recorded }], [{ ...a, value: arrived }], 12);
    expect(wrong).toHaveLength(same ? 0 : 1);
  });

  it("takes no value, which is NaN, for no value of the shop's", () => {
    expect(compare([a], [{ ...a, value: Number.NaN }]).wrong).toHaveLength(1);
    expect(compare([], [{ ...a, value: Number.NaN }]).wrong).toHaveLength(1);
  });

  it("gives the series with given labels", () => {
    const comparison = compare([a, b], [a]);
    expect(comparison.find({ route: "/", __name__: "a_total" })?.arrived).toBe(3);
    expect(comparison.find(b.labels)?.arrived).toBeUndefined();
    expect(comparison.find({ __name__: "c" })).toBeUndefined();
  });
});
