import { RE2JS } from "re2js";

/** A regular expression of a relabeling rule, by Go's rules (RE2): its time grows with the text's length alone. */
export interface RelabelRegex {
  /** Whether it matches the whole text. */
  matches(text: string): boolean;
  /** The groups of a match of the whole text, the first being all of it; undefined where it does not match. */
  groups(text: string): RelabelGroups | undefined;
  readonly groupNames: ReadonlySet<string>;
}

/** What a regular expression has found. A group without a share in the match is undefined. */
export interface RelabelGroups {
  readonly byNumber: readonly (string | undefined)[];
  readonly byName: ReadonlyMap<string, string | undefined>;
}

/** Longer ones are no expression but an attempt. */
const maxLength = 10_000;

/** @returns undefined where it is no regular expression of RE2 */
export function compileRegex(pattern: string): RelabelRegex | undefined {
  if (pattern.length > maxLength) return undefined;
  const compiled = compile(pattern);
  if (compiled === undefined) return undefined;
  const names: ReadonlyMap<string, number> = new Map(Object.entries(compiled.namedGroups()));
  return {
    matches: (text) => compiled.matcher(text).matches(),
    groups(text) {
      const matcher = compiled.matcher(text);
      if (!matcher.matches()) return undefined;
      const byNumber = Array.from(
        { length: matcher.groupCount() + 1 },
        (_, i) => matcher.group(i) ?? undefined,
      );
      const byName = new Map(Array.from(names, ([name, number]) => [name, byNumber[number]]));
      return { byNumber, byName };
    },
    groupNames: new Set(names.keys()),
  };
}

function compile(pattern: string): RE2JS | undefined {
  try {
    // By itself: a bracket too many must not find its partner in what is put around it.
    RE2JS.compile(pattern);
    return RE2JS.compile(`^(?s:${pattern})$`);
  } catch {
    return undefined;
  }
}
