import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Every reason that the code gives for a drop, in order: the members of the types that name them, and what the exporter and
 * the spool count with. Read from the sources, so that a new one cannot be forgotten in the docs.
 */
export function dropReasons(root: string, sources: readonly string[]): string[] {
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  const reasons = new Set([
    ...membersOf("DropReason", read("packages/translator/src/report.ts")),
    ...membersOf("RefusalReason", read("packages/transport/src/outcome/remote-write-error.ts")),
    // What is tried again becomes a drop only where an option says so.
    "too_many_requests",
  ]);
  for (const path of sources.filter((each) => /^packages\/(?:exporter|spool)\//.test(each))) {
    const source = read(path);
    for (const [, union = ""] of source.matchAll(/type \w+DropReason =([^;]*);/g)) {
      for (const [, member = ""] of union.matchAll(/"(\w+)"/g)) reasons.add(member);
    }
    for (const [, given = ""] of source.matchAll(
      /\b(?:drop|dropped|reportDropped|countDropped|onDrop)\(([^;]*?)\);/g,
    )) {
      for (const [, literal = ""] of given.matchAll(/(?:^|,)\s*"([a-z0-9_]+)"/g)) reasons.add(literal);
      const constant = new RegExp(`const ${/^\w+/.exec(given)?.[0]} = "([a-z0-9_]+)"`).exec(source)?.[1];
      if (constant !== undefined) reasons.add(constant);
    }
  }
  return [...reasons].toSorted();
}

function membersOf(type: string, source: string): string[] {
  const [, union = ""] = new RegExp(`export type ${type} =([^;]*);`).exec(source) ?? [];
  return [...union.matchAll(/\| "(\w+)"/g)].map((match) => match[1] ?? "");
}
