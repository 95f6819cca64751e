import { resolve } from "node:path";
import type { Environment } from "../environment/environment.js";
import { parseBoolean } from "../values/parse-boolean.js";
import { parseDuration } from "../values/parse-duration.js";
import { type ConfigNode, describeNode, type MappingNode, type Place } from "./config-node.js";
import { expandInLabel, expandReferences, expandVariables, type ReferenceRules } from "./expand-variables.js";
import type { Problems } from "./problems.js";

/** What all readers of nodes share. */
export interface Reading {
  readonly problems: Problems;
  readonly env: Environment;
  /** Whether names of labels may hold any characters, as the translation that is set in code has it. */
  readonly utf8Names: boolean;
}

/**
 * A mapping, read key by key. Each method gives undefined where the key is left out, and where its value is wrong: then
 * the problems say so.
 */
export interface Section {
  readonly path: string;
  has(key: string): boolean;
  text(key: string): string | undefined;
  /** A text in which `$` has another meaning besides that of variables. */
  pattern(key: string, rules: ReferenceRules): string | undefined;
  /** The path of a file. A relative one is told from the folder of the file that has it, as in Prometheus. */
  file(key: string): string | undefined;
  /** A list of such paths. */
  files(key: string): readonly string[] | undefined;
  boolean(key: string): boolean | undefined;
  /** A duration in milliseconds. */
  duration(key: string): number | undefined;
  /** A whole number above 0. */
  count(key: string): number | undefined;
  texts(key: string): readonly string[] | undefined;
  numbers(key: string): readonly number[] | undefined;
  /** A mapping of names that are the user's to texts. */
  textMap(key: string): Readonly<Record<string, string>> | undefined;
  /** Labels and their values, in which `$NAME` is a variable, too. */
  labels(key: string): Readonly<Record<string, string>> | undefined;
  section(key: string): Section | undefined;
  /** A list of mappings. */
  sections(key: string): readonly Section[];
  /** The mappings of a mapping whose names are the user's. */
  namedSections(key: string): readonly (readonly [string, Section])[];
  /** Says what is wrong with a key, or that it is missing, and the fix. */
  fail(key: string, text: string): void;
  warn(key: string, text: string): void;
}

export function createSection(mapping: MappingNode, path: string, reading: Reading): Section {
  const { problems, env } = reading;

  function find(key: string): ConfigNode | undefined {
    const value = mapping.entries.get(key)?.value;
    return value === undefined || value.kind === "null" ? undefined : value;
  }

  function pathOf(key: string): string {
    return path === "" ? key : `${path}.${key}`;
  }

  function placeOf(key: string): Place {
    return mapping.entries.get(key)?.place ?? mapping.place;
  }

  function textOf(node: ConfigNode, key: string, expand = expandVariables): string | undefined {
    if (node.kind !== "scalar") {
      problems.error(node.place, pathOf(key), `must be a single value, but is ${describeNode(node)}`);
      return undefined;
    }
    if (!node.place.expands) return node.text;
    // Who knows the rule needs $$ before a brace only.
    if (expand === expandVariables && /(?<!\$)\$\$(?![${])/.test(node.text)) {
      problems.warn(
        node.place,
        pathOf(key),
        "has $$, which stands for one $, and in Prometheus for two; write $$$$ for two, and a plain $ for one",
      );
    }
    let isWhole = true;
    const expanded = expand(node.text, env, (problem) => {
      isWhole = false;
      problems.error(node.place, pathOf(key), problem);
    });
    return isWhole ? expanded : undefined;
  }

  function text(key: string): string | undefined {
    const node = find(key);
    return node === undefined ? undefined : textOf(node, key);
  }

  function parsed<Value>(
    key: string,
    parse: (text: string) => Value | undefined,
    wanted: string,
  ): Value | undefined {
    const written = text(key);
    if (written === undefined) return undefined;
    const value = parse(written.trim());
    if (value === undefined) fail(key, wanted);
    return value;
  }

  function items(key: string): readonly ConfigNode[] | undefined {
    const node = find(key);
    if (node === undefined || node.kind === "sequence") return node?.items;
    fail(key, `must be a list, but is ${describeNode(node)}; write [first, second], or one "- item" a line`);
    return undefined;
  }

  function texts(key: string): readonly string[] | undefined {
    const all = items(key)?.map((item) => textOf(item, key));
    return all?.some((each) => each === undefined) === true
      ? undefined
      : (all as readonly string[] | undefined);
  }

  function entriesOf(key: string): readonly (readonly [string, ConfigNode])[] | undefined {
    const node = find(key);
    if (node === undefined) return undefined;
    if (node.kind === "mapping") return Array.from(node.entries, ([name, { value }]) => [name, value]);
    fail(key, `must be a mapping, "name: value" a line below it, but is ${describeNode(node)}`);
    return undefined;
  }

  function toSection(node: ConfigNode, key: string): Section | undefined {
    if (node.kind === "mapping") return createSection(node, pathOf(key), reading);
    problems.error(
      node.place,
      pathOf(key),
      `must be a mapping, "key: value" a line below it, but is ${describeNode(node)}`,
    );
    return undefined;
  }

  function textMap(key: string, expand = expandVariables): Readonly<Record<string, string>> | undefined {
    const found: [string, string][] = [];
    for (const [name, value] of entriesOf(key) ?? []) {
      const content = value.kind === "null" ? "" : textOf(value, `${key}.${name}`, expand);
      if (content !== undefined) found.push([name, content]);
    }
    return find(key)?.kind === "mapping" ? Object.fromEntries(found) : undefined;
  }

  function fail(key: string, problem: string): void {
    problems.error(placeOf(key), pathOf(key), problem);
  }

  return {
    path,
    has: (key) => find(key) !== undefined,
    text,
    pattern(key, rules) {
      const node = find(key);
      return node === undefined
        ? undefined
        : textOf(node, key, (written, variables, onProblem) =>
            expandReferences(written, variables, rules, onProblem),
          );
    },
    file(key) {
      const written = text(key);
      if (written === "") fail(key, "is empty; give the path of a file");
      return written === undefined || written === "" ? undefined : resolve(placeOf(key).folder, written);
    },
    files: (key) => texts(key)?.map((written) => resolve(placeOf(key).folder, written)),
    boolean: (key) => parsed(key, parseBoolean, "must be true or false"),
    duration: (key) =>
      parsed(
        key,
        parseDuration,
        "must be a duration such as 30s, 1m30s or 500ms: numbers, each with its unit",
      ),
    count: (key) => parsed(key, parseCount, "must be a whole number above 0"),
    texts,
    numbers(key) {
      const numbers = texts(key)?.map((each) => (each.trim() === "" ? NaN : Number(each)));
      if (numbers?.every((number) => Number.isFinite(number)) !== false) return numbers;
      fail(key, "must be a list of numbers");
      return undefined;
    },
    textMap: (key) => textMap(key),
    labels: (key) => textMap(key, expandInLabel),
    section(key) {
      const node = find(key);
      return node === undefined ? undefined : toSection(node, key);
    },
    sections: (key) => (items(key) ?? []).flatMap((item, i) => toSection(item, `${key}[${i}]`) ?? []),
    namedSections: (key) =>
      (entriesOf(key) ?? []).flatMap(([name, value]) => {
        const section = toSection(value, `${key}.${name}`);
        return section === undefined ? [] : [[name, section] as const];
      }),
    fail,
    warn: (key, problem) => problems.warn(placeOf(key), pathOf(key), problem),
  };
}

function parseCount(text: string): number | undefined {
  const count = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}
