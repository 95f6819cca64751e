import { describe, expect, it } from "vitest";
import { createTranslator, translate, validateTranslatorOptions, type TranslatorOptions } from "../index.js";
import { metrics } from "../testdata/fixtures.js";

describe("wrong options", () => {
  it.each([
    [{ translationStrategy: "None" }, 'translationStrategy must be one of "Underscore'],
    [{ namespace: 1 }, "namespace must be a string, got a number"],
    [{ namespace: "!!" }, "namespace has nothing that a metric name can have"],
    [{ namespce: "x" }, "namespce is no option; did you mean namespace?"],
    [{ quantile: [0.5] }, "quantile is no option; did you mean quantiles?"],
    [{ externalLabels: ["a"] }, "externalLabels must be an object of label names and values, got an array"],
    [{ externalLabels: { a: 1 } }, "externalLabels.a must be a string, got a number"],
    [
      { externalLabels: { a: "" } },
      "externalLabels.a must not be an empty string; give it a value, or leave it out",
    ],
    [{ externalLabels: { "": "x" } }, "externalLabels. is no label name"],
    [{ externalLabels: { __name__: "x" } }, "externalLabels.__name__ would replace the metric's name"],
    [
      { externalLabels: { "a.b": "x", a_b: "y" } },
      'externalLabels.a_b and externalLabels.a.b are both sent as "a_b"',
    ],
    [{ resourceLabels: true }, "resourceLabels must be an object with include and exclude, got a boolean"],
    [
      { resourceLabels: { includes: [] } },
      "resourceLabels.includes is no option; did you mean resourceLabels.include?",
    ],
    [
      { resourceLabels: { include: "host.*" } },
      "resourceLabels.include must be an array of attribute keys, patterns with *, or RegExps, got a string",
    ],
    [
      { resourceLabels: { exclude: [1] } },
      "resourceLabels.exclude[0] must be an attribute key, a pattern with *, or a RegExp, got a number",
    ],
    [{ targetInfo: "yes" }, "targetInfo must be true, false, or { include, exclude }, got a string"],
    [
      { targetInfo: { include: [null] } },
      "targetInfo.include[0] must be an attribute key, a pattern with *, or a RegExp, got null",
    ],
    [{ scopeInfo: 1 }, "scopeInfo must be true or false, got a number"],
    [
      { explicitHistograms: "native" },
      'explicitHistograms must be one of "classic", "customBuckets", "both", got a string',
    ],
    [{ minMax: "true" }, "minMax must be true or false, got a string"],
    [{ quantiles: 0.5 }, "quantiles must be an array of numbers from 0 to 1, got a number"],
    [{ quantiles: [0.5, 1.5] }, "quantiles[1] must be a number from 0 to 1, got 1.5"],
    [{ quantiles: [Number.NaN] }, "quantiles[0] must be a number from 0 to 1, got NaN"],
    [{ quantiles: ["0.5"] }, "quantiles[0] must be a number from 0 to 1, got a string"],
    [{ leFormat: "go" }, 'leFormat must be one of "shortest", "openmetrics", got a string'],
    [{ underscoreLabelSanitization: null }, "underscoreLabelSanitization must be true or false, got null"],
    [{ preserveMultipleUnderscores: [] }, "preserveMultipleUnderscores must be true or false, got an array"],
    [{ fallbackInstance: 7 }, "fallbackInstance must be a string, got a number"],
    ["options", "options must be an object, got a string"],
    [[], "options must be an object, got an array"],
    [new Map(), "options must be an object, got one of another kind"],
  ])("%j: %s", (options, problem) => {
    const message = `createTranslator: ${problem}`;
    expect(() => validateTranslatorOptions(options)).toThrow(message);
    expect(() => createTranslator(options as TranslatorOptions)).toThrow(message);
    expect(() => translate(metrics([]), options as TranslatorOptions)).toThrow(message);
  });

  it("are named by the path that they were written with", () => {
    expect(() => validateTranslatorOptions({ quantiles: [2] }, "startShop", "metrics")).toThrow(
      "startShop: metrics.quantiles[0] must be a number from 0 to 1, got 2",
    );
    expect(() =>
      validateTranslatorOptions({ resourceLabels: { includ: [] } }, "startShop", "metrics"),
    ).toThrow(
      "startShop: metrics.resourceLabels.includ is no option; did you mean metrics.resourceLabels.include?",
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
