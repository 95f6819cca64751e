import { describe, expect, it } from "vitest";
import { vectors } from "../testdata/vectors.js";
import { createMetricNamer, type NameSuffix } from "./metric-name.js";
import { translationStrategies } from "./translation-strategy.js";

function suffixOf(type: string): NameSuffix {
  return type === "counter" || type === "gauge" ? type : "other";
}

describe("metric names", () => {
  it.each(vectors.metric_names)("TR1: $id $desc", (row) => {
    const namer = createMetricNamer(row.strategy, row.namespace);
    const expected = row.decided ?? row.current_otlptranslator ?? row.expected;
    expect(namer(row.name, row.unit, suffixOf(row.type))).toBe(
      row.error === undefined ? expected : undefined,
    );
  });

  it.each([
    ["UnderscoreEscapingWithSuffixes", "a_b_bytes_total"],
    ["UnderscoreEscapingWithoutSuffixes", "a_b"],
    ["NoUTF8EscapingWithSuffixes", "a.b_bytes_total"],
    ["NoTranslation", "a.b"],
  ] as const)("TR1: %s makes %s", (strategy, expected) => {
    expect(createMetricNamer(strategy, "")("a.b", "By", "counter")).toBe(expected);
  });

  it.each([
    ["requests", "{request}/s", "requests_per_second"],
    ["queue", "1/{queue}", "queue"],
    ["temp", "unit@", "temp_unit_"],
    ["temp", "@@", "temp"],
    ["temp", "By/@", "temp_bytes"],
    // As the reference: a rate is looked for as one token, which it never is.
    ["bytes_per_second", "By/s", "bytes_per_second_per_second"],
    ["a.total.b.total", "", "a_b_total"],
    ["disk\u0085", "\u0085s\u0085", "disk_seconds"],
  ])("TR1: %j in %j is %s", (name, unit, expected) => {
    const suffix = name.includes("total") ? "counter" : "other";
    expect(createMetricNamer("UnderscoreEscapingWithSuffixes", "")(name, unit, suffix)).toBe(expected);
  });

  it("TR2: a namespace is sanitised in every escaping mode, and only there", () => {
    const named = translationStrategies.map((strategy) =>
      createMetricNamer(strategy, "my-shop!")("m", "", "other"),
    );
    expect(named).toEqual(["my_shop_m", "my_shop_m", "my-shop!_m", "my-shop!_m"]);
  });

  it("TR2: a namespace that begins with a digit gets an underscore", () => {
    expect(createMetricNamer("UnderscoreEscapingWithSuffixes", "3d")("m", "", "other")).toBe("_3d_m");
    expect(createMetricNamer("UnderscoreEscapingWithoutSuffixes", "3d")("m", "", "other")).toBe("_3d_m");
  });

  it.each([
    ["subtotal", "", "counter", "subtotal_total"],
    ["sub.total", "", "counter", "sub_total"],
    ["sub_total", "", "counter", "sub_total"],
    ["total", "", "counter", "total_total"],
    ["_total", "", "counter", "_total_total"],
    ["exfoliatio.ratio", "1", "gauge", "exfoliatio_ratio"],
    ["exfoliatioratio", "1", "gauge", "exfoliatioratio_ratio"],
    ["requestsper_second", "1/s", "other", "requestsper_second_per_second"],
    ["requests-per_second", "1/s", "other", "requests_per_second"],
    ["étotal", "", "counter", "étotal_total"],
  ] as const)("TR3: with UTF-8 names %s in %j as %s is %s", (name, unit, suffix, expected) => {
    expect(createMetricNamer("NoUTF8EscapingWithSuffixes", "")(name, unit, suffix)).toBe(expected);
  });

  it("TR4: an astral character is one separator, and one that preserves nothing of itself", () => {
    expect(createMetricNamer("UnderscoreEscapingWithoutSuffixes", "")("a😀b", "", "other")).toBe("a_b");
  });

  it("TR4: names of a million hostile characters take linear time", () => {
    const length = 1_000_000;
    for (const piece of ["_", "a_", "/", " ", "{", "😀", "total"]) {
      const text = piece.repeat(length / piece.length);
      for (const strategy of translationStrategies) {
        const name = createMetricNamer(strategy, text)(text, text, "counter");
        expect((name ?? "").length).toBeLessThan(3 * length + 100);
      }
    }
  });
});
