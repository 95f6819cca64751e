import {
  colon,
  isAsciiAlphanumeric,
  isAsciiDigit,
  isUnderscoresOnly,
  splitIntoRuns,
  underscore,
} from "./characters.js";
import { addsSuffixes, escapesNames, type TranslationStrategy } from "./translation-strategy.js";
import { escapeUnitPart, unitToWords } from "./unit.js";

/** What decides on the suffix of a name: `_total` for counters, `_ratio` for gauges of unit `1`. */
export type NameSuffix = "counter" | "gauge" | "other";

/** Builds the Prometheus name of a metric, or undefined where nothing valid is left (facts 5.1). */
export type MetricNamer = (name: string, unit: string, suffix: NameSuffix) => string | undefined;

export function createMetricNamer(strategy: TranslationStrategy, namespace: string): MetricNamer {
  const suffixes = addsSuffixes(strategy);
  if (!escapesNames(strategy)) {
    return (name, unit, suffix) => {
      const full = namespace === "" ? name : `${namespace}_${name}`;
      const built = suffixes ? appendSuffixes(full, unit, suffix) : full;
      return built === "" ? undefined : built;
    };
  }
  const prefix = namespace === "" ? [] : [escapeName(namespace)];
  return (name, unit, suffix) => {
    const parts = suffixes ? escapedTokens(name, unit, suffix) : [escapeName(name)];
    const joined = prefix.concat(parts).join("_");
    const built = isAsciiDigit(joined.charCodeAt(0)) ? `_${joined}` : joined;
    // Only a name that was underscores from the start may be underscores.
    return built === "" || (built !== name && isUnderscoresOnly(built)) ? undefined : built;
  };
}

/** Every run of characters outside `[A-Za-z0-9:_]` becomes one underscore; at both ends it vanishes. */
function escapeName(name: string): string {
  return splitIntoRuns(name, (unit) => isTokenUnit(unit) || unit === underscore).join("_");
}

function escapedTokens(name: string, unit: string, suffix: NameSuffix): string[] {
  let tokens = splitIntoRuns(name, isTokenUnit);
  const words = unitToWords(unit);
  tokens.push(...unitTokens(tokens, escapeUnitPart(words.main), escapeUnitPart(words.per)));
  const last = typeSuffix(unit, suffix);
  if (last !== "") {
    tokens = tokens.filter((token) => token !== last);
    tokens.push(last);
  }
  return tokens;
}

/** The unit's words that are not yet among the tokens of the name. */
function unitTokens(tokens: readonly string[], main: string, per: string): string[] {
  let missingPer = per === "per_" ? "" : withoutTrailingUnderscore(per);
  if (tokens.includes(missingPer)) missingPer = "";
  let missingMain = tokens.includes(main) ? "" : main;
  if (missingPer !== "") missingMain = withoutTrailingUnderscore(missingMain);
  return [missingMain, missingPer].filter((word) => word !== "");
}

/** UTF-8 names: the suffixes are appended in the order unit, rate, `total`, `ratio`; one already there is not doubled. */
function appendSuffixes(name: string, unit: string, suffix: NameSuffix): string {
  const last = typeSuffix(unit, suffix);
  const { main, per } = unitToWords(unit);
  let built = trimSuffix(trimSuffix(name, last), per);
  if (main !== "" && !built.endsWith(main)) built += `_${main}`;
  if (per !== "") built += `_${per}`;
  return last === "" ? built : `${built}_${last}`;
}

/**
 * Cuts a suffix and the delimiter before it. The reference cuts whatever character stands there (`subtotal` → `su`);
 * here it must be a delimiter (TR3).
 */
function trimSuffix(name: string, suffix: string): string {
  const delimiter = name.length - suffix.length - 1;
  if (suffix === "" || delimiter < 1 || !name.endsWith(suffix)) return name;
  const unit = name.charCodeAt(delimiter);
  return unit < 0x80 && !isAsciiAlphanumeric(unit) ? name.slice(0, delimiter) : name;
}

function typeSuffix(unit: string, suffix: NameSuffix): string {
  if (suffix === "counter") return "total";
  return suffix === "gauge" && unit === "1" ? "ratio" : "";
}

function isTokenUnit(unit: number): boolean {
  return isAsciiAlphanumeric(unit) || unit === colon;
}

function withoutTrailingUnderscore(text: string): string {
  return text.endsWith("_") ? text.slice(0, -1) : text;
}
