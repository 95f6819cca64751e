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
    if (!isObject(value)) fail(path, value, "give true, false, or { include, exclude }");
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
 * (value out of range) that names the option by its path, the kind of the value, and what to give instead. `createTranslator`
 * and `translate` call it; call it yourself to find mistakes before there are metrics.
 *
 * @param path What precedes the option's name in messages. Default `"translator"`.
 */
export function validateTranslatorOptions(options: unknown, path: string = "translator"): void {
  if (options === undefined) return;
  if (!isObject(options)) fail(path, options, "give an object of options");
  knownKeys(options, Object.keys(checks), path);
  for (const [key, check] of Object.entries(checks)) {
    const value = options[key];
    if (value !== undefined) check(value, `${path}.${key}`);
  }
  namespaceName(options, path);
  externalLabelNames(options, path);
}

function text(value: unknown, path: string): void {
  if (typeof value !== "string") fail(path, value, "give a string");
}

function flag(value: unknown, path: string): void {
  if (typeof value !== "boolean") fail(path, value, "give true or false");
}

function oneOf(allowed: readonly string[]): Check {
  return (value, path) => {
    if (typeof value === "string" && allowed.includes(value)) return;
    fail(path, value, `give one of ${allowed.map((each) => JSON.stringify(each)).join(", ")}`);
  };
}

function labels(value: unknown, path: string): void {
  if (!isObject(value)) fail(path, value, "give an object of label names and values");
  for (const [name, label] of Object.entries(value)) {
    if (typeof label !== "string") fail(`${path}.${name}`, label, "give a string");
    if (label === "")
      throw new RangeError(`${path}.${name} is an empty string: give it a value, or leave it out`);
  }
}

/** Nothing may be left of it where names are escaped. */
function namespaceName({ namespace, translationStrategy }: TranslatorOptions, path: string): void {
  if (namespace === undefined || namespace === "" || /[A-Za-z0-9:_]/.test(namespace)) return;
  if (!escapesNames(translationStrategy ?? "UnderscoreEscapingWithSuffixes")) return;
  throw new RangeError(
    `${path}.namespace has nothing that a metric name can have: use letters, digits and underscores`,
  );
}

/** The names are checked as they will be sent, which depends on other options. */
function externalLabelNames(options: TranslatorOptions, path: string): void {
  const namer = createLabelNamer(options);
  const seen = new Map<string, string>();
  for (const key of Object.keys(options.externalLabels ?? {})) {
    const label = `${path}.externalLabels.${key}`;
    const name = namer(wellFormed(key));
    if (name === undefined)
      throw new RangeError(`${label} is no label name: use letters, digits and underscores`);
    if (name === "__name__")
      throw new RangeError(`${label} would replace the metric's name: use namespace for that`);
    const before = seen.get(name);
    if (before !== undefined) {
      throw new RangeError(
        `${label} and ${path}.externalLabels.${before} are both sent as "${name}": keep one`,
      );
    }
    seen.set(name, key);
  }
}

function filter(value: unknown, path: string): void {
  if (!isObject(value)) fail(path, value, "give { include, exclude }");
  knownKeys(value, ["include", "exclude"], path);
  for (const key of ["include", "exclude"]) {
    const patterns = value[key];
    if (patterns === undefined) continue;
    if (!Array.isArray(patterns))
      fail(`${path}.${key}`, patterns, "give an array of attribute keys, patterns with *, or RegExps");
    patterns.forEach((pattern: unknown, i) => {
      if (typeof pattern === "string" || pattern instanceof RegExp) return;
      fail(`${path}.${key}[${i}]`, pattern, "give an attribute key, a pattern with *, or a RegExp");
    });
  }
}

function quantiles(value: unknown, path: string): void {
  if (!Array.isArray(value)) fail(path, value, "give an array of numbers from 0 to 1");
  value.forEach((quantile: unknown, i) => {
    if (typeof quantile !== "number") fail(`${path}[${i}]`, quantile, "give a number from 0 to 1");
    if (quantile >= 0 && quantile <= 1) return;
    throw new RangeError(`${path}[${i}] is ${quantile}: give a number from 0 to 1`);
  });
}

function knownKeys(value: object, known: readonly string[], path: string): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const nearest = nearestKey(key, known);
    const hint = nearest === undefined ? `known are ${known.join(", ")}` : `did you mean ${path}.${nearest}?`;
    throw new TypeError(`${path}.${key} is no option: ${hint}`);
  }
}

function fail(path: string, value: unknown, fix: string): never {
  throw new TypeError(`${path} is ${kindOf(value)}: ${fix}`);
}

/** The kind, never the value: it may be a secret that went astray. */
function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return value === undefined ? "undefined" : `a ${typeof value}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}
