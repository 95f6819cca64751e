import { nearestKey } from "@otel-remote-write/auth";
import type { ConfigNode, Place } from "./config-node.js";
import type { Problems } from "./problems.js";

/**
 * What becomes of a key that is known: it works; it means nothing here, and the warning says what to use; or going on
 * without it would send something else, and the error says what to do. `unless` is the value that asks for nothing.
 */
export type KeyRule =
  | "works"
  | { readonly warning: string; readonly unless?: string }
  | { readonly error: string; readonly unless?: string };

/**
 * Rules by paths: `queue_config.max_shards`, `write_relabel_configs[].regex` in each item of a list, `headers.*` for names
 * that are the user's.
 */
export type KeyRules = Readonly<Record<string, KeyRule>>;

/** Says which keys of a node are unknown, do nothing, or are not supported. */
export function checkKeys(
  node: ConfigNode,
  rules: KeyRules,
  problems: Problems,
  alsoKnown: readonly string[] = [],
): void {
  walk(node, "", "");

  function walk(each: ConfigNode, rulePath: string, path: string): void {
    if (each.kind === "sequence") {
      for (const [i, item] of each.items.entries()) walk(item, `${rulePath}[]`, `${path}[${i}]`);
    }
    if (each.kind !== "mapping") return;
    const known = childrenOf(rulePath);
    // What has no children in the rules is checked by who reads it.
    if (known.length === 0) return;
    for (const [name, { place, value }] of each.entries) {
      const shown = path === "" ? shorten(name) : `${path}.${shorten(name)}`;
      const child = join(rulePath, known.includes("*") ? "*" : name);
      if (!known.includes("*") && !known.includes(name)) {
        sayUnknown(place, shown, name, path === "" ? [...known, ...alsoKnown] : known);
      } else if (applies(child, value, place, shown)) walk(value, child, shown);
    }
  }

  /** Whether a key is one whose value counts. */
  function applies(rulePath: string, value: ConfigNode, place: Place, shown: string): boolean {
    const rule = rules[rulePath];
    if (rule === undefined || rule === "works") return true;
    if (value.kind === "null" || (value.kind === "scalar" && value.text === rule.unless)) return false;
    if ("warning" in rule) problems.warn(place, shown, rule.warning);
    else problems.error(place, shown, rule.error);
    return false;
  }

  function childrenOf(rulePath: string): readonly string[] {
    const start = rulePath === "" ? "" : `${rulePath}.`;
    const names = Object.keys(rules)
      .filter((key) => key.startsWith(start))
      .map((key) => key.slice(start.length).split(/\.|\[/)[0] ?? "");
    return [...new Set(names)].filter((name) => name !== "");
  }

  function sayUnknown(place: Place, shown: string, name: string, known: readonly string[]): void {
    const nearest = nearestKey(name.slice(0, maxShownLength), known);
    const fix = nearest === undefined ? `known are ${known.join(", ")}` : `did you mean ${nearest}?`;
    problems.error(place, shown, `unknown key; ${fix}`);
  }
}

const maxShownLength = 64;

function shorten(name: string): string {
  return name.length > maxShownLength ? `${name.slice(0, maxShownLength)}…` : name;
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
