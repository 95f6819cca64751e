/**
 * Refuses keys that are no options.
 *
 * @throws {TypeError} Naming the key and the nearest known one.
 */
export function refuseUnknownOptions(options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    throw new TypeError(
      `unknown option \`${key}\`: ${near === undefined ? `known are ${known.join(", ")}` : `did you mean \`${near}\`?`}`,
    );
  }
}

/** The known key that takes the fewest edits, if they are few enough to be a slip. */
function nearest(key: string, known: readonly string[]): string | undefined {
  const lower = key.toLowerCase();
  const [best] = known
    .map((name) => ({ name, edits: editDistance(lower, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(2, name.length / 2) || lower.includes(name.toLowerCase()))
    .toSorted((a, b) => a.edits - b.edits);
  return best?.name;
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
