/**
 * The known key that was most likely meant by an unknown one, or `undefined` when none is close. Case and separators
 * do not count, so that Prometheus' `password_file` finds `passwordFile`.
 */
export function nearestKey(unknownKey: string, knownKeys: readonly string[]): string | undefined {
  const wanted = normalise(unknownKey);
  let nearest: string | undefined;
  // More than one edit in three characters is another word.
  let nearestDistance = Math.floor(wanted.length / 3) + 1;
  for (const key of knownKeys) {
    const distance = isBeginning(wanted, normalise(key)) ? 1 : editDistance(wanted, normalise(key));
    if (distance < nearestDistance) {
      nearest = key;
      nearestDistance = distance;
    }
  }
  return nearest;
}

/** `exportInterval` means `exportIntervalMillis`, but two or three letters begin too much. */
function isBeginning(wanted: string, known: string): boolean {
  return wanted.length >= 4 && known.startsWith(wanted);
}

function normalise(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/** How many characters must be put in, taken out, replaced or swapped with their neighbour. */
function editDistance(from: string, to: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
        swapped ? at(beforePrevious, column - 2) + 1 : Infinity,
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, to.length);
}

function at(distances: readonly number[], column: number): number {
  return distances[column] ?? Infinity;
}
