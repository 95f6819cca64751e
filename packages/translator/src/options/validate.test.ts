import { describe, expect, it } from "vitest";
import { createTranslator, translate, validateTranslatorOptions, type TranslatorOptions } from "../index.js";
import { metrics } from "../testdata/fixtures.js";

describe("wrong options", () => {
  it.each([
    [{ translationStrategy: "None" }, 'translator.translationStrategy is a string: give one of "Underscore'],
    [{ namespace: 1 }, "translator.namespace is a number: give a string"],
    [{ namespace: "!!" }, "translator.namespace has nothing that a metric name can have"],
    [{ namespce: "x" }, "translator.namespce is no option: did you mean translator.namespace?"],
    [{ quantile: [0.5] }, "translator.quantile is no option: did you mean translator.quantiles?"],
    [
      { externalLabels: ["a"] },
      "translator.externalLabels is an array: give an object of label names and values",
    ],
    [{ externalLabels: { a: 1 } }, "translator.externalLabels.a is a number: give a string"],
    [{ externalLabels: { a: "" } }, "translator.externalLabels.a is an empty string"],
    [{ externalLabels: { "": "x" } }, "translator.externalLabels. is no label name"],
    [
      { externalLabels: { __name__: "x" } },
      "translator.externalLabels.__name__ would replace the metric's name",
    ],
    [{ externalLabels: { "a.b": "x", a_b: "y" } }, 'are both sent as "a_b"'],
    [{ resourceLabels: true }, "translator.resourceLabels is a boolean: give { include, exclude }"],
    [
      { resourceLabels: { includes: [] } },
      "translator.resourceLabels.includes is no option: did you mean translator.resourceLabels.include?",
    ],
    [
      { resourceLabels: { include: "host.*" } },
      "translator.resourceLabels.include is a string: give an array",
    ],
    [{ resourceLabels: { exclude: [1] } }, "translator.resourceLabels.exclude[0] is a number"],
    [{ targetInfo: "yes" }, "translator.targetInfo is a string: give true, false, or { include, exclude }"],
    [{ targetInfo: { include: [null] } }, "translator.targetInfo.include[0] is null"],
    [{ scopeInfo: 1 }, "translator.scopeInfo is a number: give true or false"],
    [{ explicitHistograms: "native" }, 'give one of "classic", "customBuckets", "both"'],
    [{ minMax: "true" }, "translator.minMax is a string: give true or false"],
    [{ quantiles: 0.5 }, "translator.quantiles is a number: give an array of numbers from 0 to 1"],
    [{ quantiles: [0.5, 1.5] }, "translator.quantiles[1] is 1.5: give a number from 0 to 1"],
    [{ quantiles: [Number.NaN] }, "translator.quantiles[0] is NaN: give a number from 0 to 1"],
    [{ quantiles: ["0.5"] }, "translator.quantiles[0] is a string: give a number from 0 to 1"],
    [{ leFormat: "go" }, 'translator.leFormat is a string: give one of "shortest", "openmetrics"'],
    [
      { underscoreLabelSanitization: null },
      "translator.underscoreLabelSanitization is null: give true or false",
    ],
    [{ preserveMultipleUnderscores: [] }, "translator.preserveMultipleUnderscores is an array"],
    [{ fallbackInstance: 7 }, "translator.fallbackInstance is a number: give a string"],
    ["options", "translator is a string: give an object of options"],
    [[], "translator is an array: give an object of options"],
  ])("%j: %s", (options, message) => {
    expect(() => validateTranslatorOptions(options)).toThrow(message);
    expect(() => createTranslator(options as TranslatorOptions)).toThrow(message);
    expect(() => translate(metrics([]), options as TranslatorOptions)).toThrow(message);
  });

  it("are named by the path that they were given with", () => {
    expect(() => validateTranslatorOptions({ quantiles: [2] }, "config.translator")).toThrow(
      "config.translator.quantiles[0] is 2",
    );
  });

  it("are errors of a kind that says what is wrong, and never repeat a text", () => {
    expect(() => validateTranslatorOptions({ quantiles: [2] })).toThrow(RangeError);
    expect(() => validateTranslatorOptions({ minMax: "s3cret" })).toThrow(TypeError);
    expect(() => validateTranslatorOptions({ minMax: "s3cret" })).not.toThrow("s3cret");
  });
});

describe("right options", () => {
  it("are nothing, undefined everywhere, and everything at once", () => {
    const all: Required<TranslatorOptions> = {
      translationStrategy: "NoTranslation",
      namespace: "ns",
      externalLabels: { "data.center": "eu" },
      resourceLabels: { include: ["host.*", /^os/], exclude: ["host.id"] },
      targetInfo: { exclude: ["process.*"] },
      scopeInfo: false,
      explicitHistograms: "both",
      minMax: true,
      quantiles: [0, 0.5, 1],
      leFormat: "openmetrics",
      underscoreLabelSanitization: true,
      preserveMultipleUnderscores: true,
      fallbackInstance: "host:1",
    };
    const unset = Object.fromEntries(Object.keys(all).map((key) => [key, undefined]));
    for (const options of [undefined, {}, unset, all, { targetInfo: false }]) {
      expect(() => validateTranslatorOptions(options)).not.toThrow();
    }
  });
});
