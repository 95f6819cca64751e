import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { ConfigNode, MappingNode, Place } from "./config-node.js";
import type { Problems } from "./problems.js";
import { describeYamlFault } from "./yaml-fault.js";

/** A file of configuration. */
export interface YamlSource {
  /** For messages. */
  readonly name: string;
  readonly folder: string;
  readonly text: string;
}

type Entries = Map<string, { readonly place: Place; readonly value: ConfigNode }>;

/** Beyond this a file is no configuration but an attempt to fill the memory by aliases of aliases. */
const maxNodes = 20_000;
const maxDepth = 32;
const nullText = /^(?:~|null|Null|NULL|)$/;

/**
 * Reads YAML to nodes that know their lines. Aliases and merge keys (`<<`) are resolved.
 *
 * @returns undefined where it is no YAML; the problems then say why
 */
export function readYaml({ name, folder, text }: YamlSource, problems: Problems): ConfigNode | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    prettyErrors: false,
    logLevel: "error",
    lineCounter,
  });
  for (const error of document.errors) {
    problems.error(placeAt(error.pos[0]), "", describeYamlFault(error));
  }
  if (document.errors.length > 0) return undefined;
  const before = problems.errors.length;
  const limits = { nodes: 0 };
  const node = toNode(document.contents, 0, placeAt(0));
  return problems.errors.length > before ? undefined : node;

  function placeAt(offset: number | undefined): Place {
    return { source: name, line: lineCounter.linePos(offset ?? 0).line, folder, expands: true };
  }

  function toNode(value: unknown, depth: number, parent: Place): ConfigNode {
    const place = placeOf(value) ?? parent;
    if (++limits.nodes > maxNodes || depth > maxDepth) {
      if (limits.nodes <= maxNodes + 1) problems.error(place, "", "this is too large or too deeply nested");
      limits.nodes = maxNodes + 1;
      return { kind: "null", place };
    }
    if (isAlias(value)) {
      const target = value.resolve(document);
      if (target === undefined) problems.error(place, "", "an alias (*name) has no anchor (&name) before it");
      return toNode(target, depth + 1, place);
    }
    if (isMap(value)) return toMapping(value.items, depth, place);
    if (isSeq(value)) {
      return { kind: "sequence", place, items: value.items.map((item) => toNode(item, depth + 1, place)) };
    }
    if (!isScalar(value)) return { kind: "null", place };
    const content = String(value.value);
    const isNull = value.type === "PLAIN" && nullText.test(content);
    return isNull ? { kind: "null", place } : { kind: "scalar", text: content, place };
  }

  function toMapping(
    pairs: readonly { readonly key: unknown; readonly value: unknown }[],
    depth: number,
    place: Place,
  ): MappingNode {
    const own: Entries = new Map();
    const merged: Entries = new Map();
    for (const pair of pairs) {
      const keyPlace = placeOf(pair.key) ?? place;
      const value = toNode(pair.value, depth + 1, keyPlace);
      if (!isScalar(pair.key)) {
        problems.error(keyPlace, "", "a key must be a single text");
        continue;
      }
      const key = String(pair.key.value);
      if (key === "<<") mergeInto(merged, value, keyPlace);
      else own.set(key, { place: keyPlace, value });
    }
    return { kind: "mapping", place, entries: new Map([...merged, ...own]) };
  }

  /** The first of several mappings goes first. */
  function mergeInto(merged: Entries, value: ConfigNode, place: Place): void {
    for (const each of value.kind === "sequence" ? value.items : [value]) {
      if (each.kind !== "mapping") {
        problems.error(place, "<<", "this merges something that is no mapping");
        continue;
      }
      for (const [key, entry] of each.entries) if (!merged.has(key)) merged.set(key, entry);
    }
  }

  function placeOf(value: unknown): Place | undefined {
    const range = (value as { range?: readonly number[] | null } | null | undefined)?.range;
    return range === undefined || range === null ? undefined : placeAt(range[0]);
  }
}
