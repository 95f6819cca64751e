import type { MappingNode } from "./config-node.js";

/**
 * Two mappings as one, key by key at every depth: what `over` says counts. Keys of one group exclude each other:
 * where `over` has one, the others of `under` are left out.
 *
 * @param groups by path; those of the top level under ""
 */
export function mergeMappings(
  over: MappingNode,
  under: MappingNode,
  groups: Readonly<Record<string, readonly (readonly string[])[]>>,
  path = "",
): MappingNode {
  const entries = new Map(under.entries);
  for (const group of groups[path] ?? []) {
    const given = group.filter((key) => over.entries.has(key));
    if (given.length === 0) continue;
    for (const key of group) if (!given.includes(key)) entries.delete(key);
  }
  for (const [key, { place, value }] of over.entries) {
    // Names of headers are the same in any case of their letters.
    if (path === "headers") {
      for (const name of under.entries.keys())
        if (name.toLowerCase() === key.toLowerCase()) entries.delete(name);
    }
    const below = entries.get(key)?.value;
    const both = below?.kind === "mapping" && value.kind === "mapping";
    const child = path === "" ? key : `${path}.${key}`;
    entries.set(key, { place, value: both ? mergeMappings(value, below, groups, child) : value });
  }
  return { ...under, entries };
}
