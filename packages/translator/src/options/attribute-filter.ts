/**
 * Chooses attributes by their original keys (`host.name`, not `host_name`). A text is an exact key, or a pattern in
 * which each `*` stands for any characters, also none; a RegExp is searched for in the key, so anchor it where the
 * whole key is meant.
 */
export interface AttributeFilterOptions {
  /** Which attributes are taken. Default: all. */
  readonly include?: readonly (string | RegExp)[] | undefined;
  /** Which of those are left out again. Default: none. */
  readonly exclude?: readonly (string | RegExp)[] | undefined;
}

export type AttributeFilter = (key: string) => boolean;

export function attributeFilter(
  options: AttributeFilterOptions,
  otherwise: AttributeFilter,
): AttributeFilter {
  const include = options.include === undefined ? otherwise : anyOf(options.include);
  const exclude = anyOf(options.exclude ?? []);
  return (key) => include(key) && !exclude(key);
}

function anyOf(patterns: readonly (string | RegExp)[]): AttributeFilter {
  const matchers = patterns.map((pattern) => matcher(pattern));
  return (key) => matchers.some((matches) => matches(key));
}

function matcher(pattern: string | RegExp): AttributeFilter {
  if (typeof pattern !== "string") {
    // A copy without `g` and `y`, whose matches would depend on the match before.
    const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""));
    return (key) => stateless.test(key);
  }
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (key) => key === pattern;
  return (key) => {
    if (key.length < first.length + last.length || !key.startsWith(first) || !key.endsWith(last))
      return false;
    // The leftmost place of each part leaves the most room for the next: no backtracking (TR4).
    let position = first.length;
    for (const part of rest) {
      const found = key.indexOf(part, position);
      if (found === -1) return false;
      position = found + part.length;
    }
    return position <= key.length - last.length;
  };
}
