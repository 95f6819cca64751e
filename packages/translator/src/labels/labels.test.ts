import { describe, expect, it } from "vitest";
import { createTranslator, translate, type AttributesInput, type TranslatorOptions } from "../index.js";
import {
  counter,
  explicitValue,
  gauge,
  histogram,
  labelsOf,
  metrics,
  point,
  summary,
  valuesOf,
} from "../testdata/fixtures.js";
import { vectors } from "../testdata/vectors.js";

/** The labels of a gauge `m` with some attributes. */
function labels(attributes: AttributesInput, options?: TranslatorOptions): Record<string, string> {
  const { timeSeries } = translate(metrics([gauge("m", [point(1, attributes)])]), options);
  expect(timeSeries).toHaveLength(1);
  return Object.assign({}, ...timeSeries.map(labelsOf)) as Record<string, string>;
}

describe("labels of a point", () => {
  // Ignored attributes are an option of the reference alone.
  const rows = vectors.labels.filter(({ input }) => input.ignoreAttrs === undefined);
  it.each(rows)("TR6, TR8, TR9, TR10: $id $desc", ({ input, expected: { _warnings, ...expected } }) => {
    const { metric = "m", resource = {}, scope = {}, attributes = {} } = input;
    const promoted = input.promoteAll === true ? {} : { include: input.promote ?? [] };
    const { timeSeries, warnings } = translate(
      metrics([gauge(metric, [point(1, attributes)])], { resource, scope: { name: "", ...scope } }),
      {
        scopeInfo: input.scopeInfo ?? false,
        resourceLabels: promoted,
        externalLabels: input.externalLabels,
        translationStrategy: input.utf8 === true ? "NoUTF8EscapingWithSuffixes" : undefined,
        targetInfo: false,
      },
    );
    expect(timeSeries.map(labelsOf)).toEqual([{ __name__: metric, ...expected }]);
    expect(warnings.map(({ code }) => code)).toEqual((_warnings ?? []).map(() => "label_collision"));
  });

  it("TR6: the values of keys that meet are joined in the byte order of the keys", () => {
    expect(labels({ "a\ue000": "1", "a😀": "2", a_: "0" })).toEqual({ __name__: "m", a_: "0;1;2" });
  });

  it("TR6: a collision is told once for a call, naming the keys, and again in the next", () => {
    const input = metrics(
      ["m", "n"].map((name) =>
        counter(
          name,
          [1, 2].map((i) => point(i, { "a.b": i, a_b: 0 })),
        ),
      ),
    );
    const detail = 'attributes "a.b", "a_b" meet in the label "a_b": their values are joined with ";"';
    const warnings = [{ code: "label_collision", metric: "m", detail }];
    const translator = createTranslator();
    expect(translator.translate(input).warnings).toEqual(warnings);
    expect(translator.translate(input).warnings).toEqual(warnings);
  });

  it("TR7: a label without a value, or whose attribute has no text, is left out", () => {
    expect(labels({ a: "", b: undefined, c: null, d: "1" })).toEqual({ __name__: "m", d: "1" });
  });

  it("TR8: an attribute never replaces the metric's name", () => {
    expect(labels({ __name__: "evil" })).toEqual({ __name__: "m" });
    const preserved = { preserveMultipleUnderscores: true };
    expect(labels({ "..name..": "evil" }, preserved)).toEqual({ __name__: "m" });
    expect(labels({ __name__: "evil" }, { translationStrategy: "NoTranslation" })).toEqual({ __name__: "m" });
  });

  it("TR8: an attribute that would replace the metric's name is told", () => {
    const { warnings } = translate(metrics([gauge("m", [point(1, { __name__: "evil" })])]));
    expect(warnings).toMatchObject([{ code: "reserved_label_name", metric: "m" }]);
  });

  it("TR8: generated le and quantile win over attributes", () => {
    const attributes = { le: "mine", quantile: "mine" };
    const value = { count: 1, sum: 1, quantileValues: [{ quantile: 0.5, value: 3 }] };
    const { timeSeries } = translate(
      metrics([
        histogram("h", [point(explicitValue([], [1]), attributes)]),
        summary("s", [point(value, attributes)]),
      ]),
    );
    expect(Object.keys(valuesOf(timeSeries))).toContain('h_bucket{le="+Inf",quantile="mine"}');
    expect(Object.keys(valuesOf(timeSeries))).toContain('s{le="mine",quantile="0.5"}');
  });

  it("TR8: a generated label that replaces an attribute is told", () => {
    const input = metrics([gauge("m", [point(1, { job: "mine", a: "1" })])], {
      resource: { "service.name": "shop" },
    });
    const { timeSeries, warnings } = translate(input);
    expect(timeSeries.map(labelsOf)).toEqual([{ __name__: "m", a: "1", job: "shop" }]);
    expect(warnings.map(({ code }) => code)).toEqual(["label_overridden"]);
  });

  it("TR8: le and quantile, too, where the metric's series have such a label", () => {
    const attributes = { le: "mine", quantile: "mine" };
    const overridden = (options?: TranslatorOptions): readonly (readonly string[])[] => {
      const { warnings } = translate(
        metrics([
          gauge("g", [point(1, attributes)]),
          histogram("h", [point(explicitValue([1], [1, 1]), attributes)]),
          summary("s", [point({ count: 1, sum: 1, quantileValues: [] }, attributes)]),
        ]),
        options,
      );
      return warnings.map(({ code, metric, detail }) => [code, metric, /"(.*)" is/.exec(detail)?.[1] ?? ""]);
    };
    const le = ["label_overridden", "h", "le"];
    const quantile = ["label_overridden", "s", "quantile"];
    expect(overridden()).toEqual([le, quantile]);
    expect(overridden({ quantiles: [0.5] })).toEqual([le, ["label_overridden", "h", "quantile"]]);
    expect(overridden({ explicitHistograms: "customBuckets" })).toEqual([quantile]);
  });

  it.each(["字", "", "_"])(
    "TR5: a point whose attribute %j gives no label name is dropped, and no other series",
    (key) => {
      const { timeSeries, drops, warnings } = translate(
        metrics([gauge("m", [point(1, { [key]: "x" }), point(2, {}), point(3, { [key]: "y", a: "1" })])]),
      );
      expect(valuesOf(timeSeries)).toEqual({ m: 2 });
      expect(drops).toMatchObject([
        { metric: "m", reason: "invalid_label_name" },
        { metric: "m", reason: "invalid_label_name" },
      ]);
      expect(drops[0]?.detail).toContain(JSON.stringify(key));
      expect(warnings).toEqual([]);
    },
  );

  it("TR5: an attribute of the resource or scope that gives no label name is left out and told", () => {
    const { timeSeries, drops, warnings } = translate(
      metrics([gauge("m", [point(1)])], {
        resource: { "service.name": "shop", 字: "1", a: "2" },
        scope: { name: "lib", attributes: { 字: "1" } },
      }),
    );
    expect(timeSeries.map((series) => labelsOf(series)["__name__"])).toEqual(["m", "target_info"]);
    expect(drops).toEqual([]);
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(["invalid_label_name"]));
  });

  it("TR5: UTF-8 strategies leave label names alone, but for lone surrogates", () => {
    const utf8 = { translationStrategy: "NoTranslation" } as const;
    expect(labels({ "http.method": "GET", "x\ud83d": "1" }, utf8)).toEqual({
      __name__: "m",
      "http.method": "GET",
      "x\ufffd": "1",
    });
  });

  it("TR28: attributes of all kinds become text", () => {
    expect(labels({ n: 1.5, b: true, l: ["a", Number.NaN], bytes: new Uint8Array([1, 2]) })).toEqual({
      __name__: "m",
      n: "1.5",
      b: "true",
      l: '["a","NaN"]',
      bytes: "AQI=",
    });
  });
});
