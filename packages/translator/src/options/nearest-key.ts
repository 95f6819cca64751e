/**
 * The known key that is most likely meant by an unknown one, by the number of typing errors between them; undefined where
 * none is near: more than one error in three characters makes another word.
 */
export function nearestKey(unknown: string, known: readonly string[]): string | undefined {
  const lower = unknown.slice(0, 64).toLowerCase();
  let nearest: string | undefined;
  let fewest = Math.floor(lower.length / 3) + 1;
  for (const key of known) {
    const errors = editDistance(lower, key.toLowerCase());
    if (errors < fewest) [nearest, fewest] = [key, errors];
  }
  return nearest;
}

/** Levenshtein's distance: how many characters are inserted, left out or replaced. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
