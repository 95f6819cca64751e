import { describe, expect, it } from "vitest";
import { vectors } from "../testdata/vectors.js";
import { metadataUnit, unitToWords } from "./unit.js";

describe("units", () => {
  it.each(vectors.unit_names.filter(({ utf8 }) => !utf8))("TR1: $id $unit", ({ unit, expected }) => {
    expect(metadataUnit(unit)).toBe(expected);
  });

  it.each(vectors.unit_names.filter(({ utf8 }) => utf8))(
    "TR1: $id $unit, unescaped",
    ({ unit, expected }) => {
      const { main, per } = unitToWords(unit);
      expect([main, per].filter((word) => word !== "").join("_")).toBe(expected);
    },
  );

  it("TR1: both spellings of kilobytes are known", () => {
    expect(["kBy", "KBy"].map(metadataUnit)).toEqual(["kilobytes", "kilobytes"]);
  });

  it("T3: annotated parts vanish", () => {
    expect(["{request}", "By/{packet}", "{a}b/s", "a{"].map(metadataUnit)).toEqual([
      "",
      "bytes",
      "per_second",
      "",
    ]);
  });

  it("T4: a rate is in the singular", () => {
    const rates = ["m/s", "1/m", "1/h", "1/d", "1/w", "1/mo", "1/y", "1/x"].map(metadataUnit);
    expect(rates).toEqual([
      "meters_per_second",
      "per_minute",
      "per_hour",
      "per_day",
      "per_week",
      "per_month",
      "per_year",
      "per_x",
    ]);
  });
});
