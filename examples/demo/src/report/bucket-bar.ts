const blocks = "▁▂▃▄▅▆▇█";

/** One character per bucket, as high as its share of the fullest; a dot for an empty one. */
export function bucketBar(counts: readonly number[]): string {
  const most = Math.max(...counts);
  return counts
    .map((count) => (count > 0 ? (blocks[Math.ceil((count / most) * blocks.length) - 1] ?? "?") : "·"))
    .join("");
}
