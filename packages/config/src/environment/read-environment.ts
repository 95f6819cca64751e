import { nearestKey } from "@otel-remote-write/auth";
import type { ConfigNode, MappingNode, Place } from "../source/config-node.js";
import type { Problems } from "../source/problems.js";
import { parseBoolean } from "../values/parse-boolean.js";
import { type Environment, lookUp } from "./environment.js";
import { parsePairs } from "./parse-pairs.js";
import { entryVariables, fileVariable, prefix, type VariableKind } from "./variables.js";

/** What of an entry the environment says, as if it stood in a file. */
export function readEnvironment(env: Environment, problems: Problems): MappingNode {
  warnOfUnknown(env, problems);
  const root = createMapping(placeOf("the environment"));
  for (const { name, key, kind } of entryVariables) {
    const text = lookUp(env, name);
    const written = kind === "text" ? env[name] : text;
    const value =
      text === undefined || written === undefined
        ? undefined
        : toNode(written, kind, placeOf(name), problems);
    if (value !== undefined) put(root, key.split("."), value);
  }
  return root;
}

type MutableMapping = MappingNode & { readonly entries: Map<string, { place: Place; value: ConfigNode }> };

function createMapping(place: Place): MutableMapping {
  return { kind: "mapping", entries: new Map(), place };
}

/** What it says is no text of a file: `$` in it is itself. */
export function placeOf(name: string): Place {
  return { source: name, folder: process.cwd(), expands: false };
}

function put(mapping: MutableMapping, [name = "", ...rest]: readonly string[], value: ConfigNode): void {
  const { place } = value;
  if (rest.length === 0) {
    mapping.entries.set(name, { place, value });
    return;
  }
  const known = mapping.entries.get(name)?.value as MutableMapping | undefined;
  const child = known ?? createMapping(place);
  mapping.entries.set(name, { place, value: child });
  put(child, rest, value);
}

function toNode(text: string, kind: VariableKind, place: Place, problems: Problems): ConfigNode | undefined {
  const scalar = (content: string): ConfigNode => ({ kind: "scalar", text: content, place });
  switch (kind) {
    case "text":
      // As it is: a password may begin or end with white space.
      return scalar(text);
    case "list":
      return {
        kind: "sequence",
        place,
        items: text
          .split(/[\s,]+/)
          .filter((each) => each !== "")
          .map(scalar),
      };
    case "milliseconds": {
      const millis = parseMilliseconds(text);
      if (millis !== undefined) return scalar(`${millis}ms`);
      problems.warn(place, "", "must be a whole number of milliseconds above 0; it is ignored");
      return undefined;
    }
    case "boolean": {
      const value = parseBoolean(text);
      if (value === undefined) problems.warn(place, "", "must be true or false; it is ignored");
      return value === undefined ? undefined : scalar(String(value));
    }
    case "pairs":
    default: {
      const pairs = parsePairs(text);
      if (pairs === undefined) {
        problems.error(
          place,
          "",
          "must be key=value pairs with commas between them, percent-encoded where need be",
        );
        return undefined;
      }
      const entries = new Map(pairs.map(([name, value]) => [name, { place, value: scalar(value) }]));
      return { kind: "mapping", place, entries };
    }
  }
}

/** A whole number of milliseconds above 0 that a timer can count to. */
export function parseMilliseconds(text: string): number | undefined {
  const millis = Number(text);
  return /^\d+$/.test(text) && millis > 0 && millis <= 2 ** 31 - 1 ? millis : undefined;
}

/** A variable with a slip in its name would be ignored in silence. */
function warnOfUnknown(env: Environment, problems: Problems): void {
  const known = [fileVariable, ...entryVariables.map(({ name }) => name)];
  for (const name of Object.keys(env)) {
    if (!name.startsWith(prefix) || known.includes(name)) continue;
    const nearest = nearestKey(
      name.slice(prefix.length),
      known.map((each) => each.slice(prefix.length)),
    );
    const fix =
      nearest === undefined ? "see the README for those that are" : `did you mean ${prefix}${nearest}?`;
    problems.hint(placeOf(name), "", `no such variable is read; ${fix}`);
  }
}
