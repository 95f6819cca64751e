import { wellFormed } from "../labels/well-formed.js";
import { escapesNames, translationStrategies } from "../names/translation-strategy.js";
import { nearestKey } from "./nearest-key.js";
import { createLabelNamer } from "./resolve-options.js";
import type { TranslatorOptions } from "./translator-options.js";

type Check = (value: unknown, path: string) => void;

const checks: { readonly [Key in keyof Required<TranslatorOptions>]: Check } = {
  translationStrategy: oneOf(translationStrategies),
  namespace: text,
  externalLabels: labels,
  resourceLabels: filter,
  targetInfo: (value, path) => {
    if (typeof value === "boolean") return;
    if (!isObject(value)) fail(path, value, "true, false, or { include, exclude }");
    filter(value, path);
  },
  scopeInfo: flag,
  explicitHistograms: oneOf(["classic", "customBuckets", "both"]),
  minMax: flag,
  quantiles,
  leFormat: oneOf(["shortest", "openmetrics"]),
  underscoreLabelSanitization: flag,
  preserveMultipleUnderscores: flag,
  fallbackInstance: text,
};

/**
 * Checks options as they come from JavaScript or a file. Throws a TypeError (wrong kind, unknown key) or a RangeError
 * (value out of range) that names the option, the kind of the value, and what to give instead. `createTranslator` and
 * `translate` call it; call it yourself to find mistakes before there are metrics.
 *
 * @param owner Who complains, first in messages. Default `"createTranslator"`.
 * @param group The option that holds these options, where they are nested in those of others.
 */
export function validateTranslatorOptions(
  options: unknown,
  owner: string = "createTranslator",
  group?: string,
): void {
  if (options === undefined) return;
  const path = `${owner}: ${group ?? "options"}`;
  if (!isObject(options)) fail(path, options, "an object");
  const prefix = group === undefined ? `${owner}: ` : `${path}.`;
  knownKeys(options, Object.keys(checks), prefix);
  for (const [key, check] of Object.entries(checks)) {
    const value = options[key];
    if (value !== undefined) check(value, prefix + key);
  }
  namespaceName(options, prefix);
  externalLabelNames(options, prefix);
}

function text(value: unknown, path: string): void {
  if (typeof value !== "string") fail(path, value, "a string");
}

function flag(value: unknown, path: string): void {
  if (typeof value !== "boolean") fail(path, value, "true or false");
}

function oneOf(allowed: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === "string" && allowed.includes(value)) return;
    fail(path, value, `one of ${allowed.map((each) => JSON.stringify(each)).join(", ")}`);
  };
}

function labels(value: unknown, path: string): void {
  if (!isObject(value)) fail(path, value, "an object of label names and values");
  for (const [name, label] of Object.entries(value)) {
    if (typeof label !== "string") fail(`${path}.${name}`, label, "a string");
    if (label === "")
      throw new RangeError(`${path}.${name} must not be an empty string; give it a value, or leave it out`);
  }
}

/** Nothing may be left of it where names are escaped. */
function namespaceName({ namespace, translationStrategy }: TranslatorOptions, prefix: string): void {
  if (namespace === undefined || namespace === "" || /[A-Za-z0-9:_]/.test(namespace)) return;
  if (!escapesNames(translationStrategy ?? "UnderscoreEscapingWithSuffixes")) return;
  throw new RangeError(
    `${prefix}namespace has nothing that a metric name can have; use letters, digits and underscores`,
  );
}

/** The names are checked as they will be sent, which depends on other options. */
function externalLabelNames(options: TranslatorOptions, prefix: string): void {
  const namer = createLabelNamer(options);
  const seen = new Map<string, string>();
  for (const key of Object.keys(options.externalLabels ?? {})) {
    const label = `${prefix}externalLabels.${key}`;
    const name = namer(wellFormed(key));
    if (name === undefined)
      throw new RangeError(`${label} is no label name; use letters, digits and underscores`);
    if (name === "__name__")
      throw new RangeError(`${label} would replace the metric's name; use namespace for that`);
    const before = seen.get(name);
    if (before !== undefined) {
      throw new RangeError(`${label} and externalLabels.${before} are both sent as "${name}"; keep one`);
    }
    seen.set(name, key);
  }
}

function filter(value: unknown, path: string): void {
  if (!isObject(value)) fail(path, value, "an object with include and exclude");
  knownKeys(value, ["include", "exclude"], `${path}.`);
  for (const key of ["include", "exclude"]) {
    const patterns = value[key];
    if (patterns === undefined) continue;
    if (!Array.isArray(patterns))
      fail(`${path}.${key}`, patterns, "an array of attribute keys, patterns with *, or RegExps");
    patterns.forEach((pattern: unknown, i) => {
      if (typeof pattern === "string" || pattern instanceof RegExp) return;
      fail(`${path}.${key}[${i}]`, pattern, "an attribute key, a pattern with *, or a RegExp");
    });
  }
}

function quantiles(value: unknown, path: string): void {
  if (!Array.isArray(value)) fail(path, value, "an array of numbers from 0 to 1");
  value.forEach((quantile: unknown, i) => {
    if (typeof quantile !== "number") fail(`${path}[${i}]`, quantile, "a number from 0 to 1");
    if (quantile >= 0 && quantile <= 1) return;
    throw new RangeError(`${path}[${i}] must be a number from 0 to 1, got ${quantile}`);
  });
}

function knownKeys(value: object, known: readonly string[], prefix: string): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const nearest = nearestKey(key, known);
    const hint =
      nearest === undefined
        ? `known are ${known.join(", ")}`
        : `did you mean ${prefix.split(": ")[1]}${nearest}?`;
    throw new TypeError(`${prefix}${key} is no option; ${hint}`);
  }
}

function fail(path: string, value: unknown, wanted: string): never {
  throw new TypeError(`${path} must be ${wanted}, got ${kindOf(value)}`);
}

/** The kind, never the value: it may be a secret that went astray. */
function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return isObject(value) ? "an object" : "one of another kind";
  return value === undefined ? "undefined" : `a ${typeof value}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && !(Symbol.iterator in value) && !(value instanceof RegExp)
  );
}
