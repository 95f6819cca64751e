/** Source text in which a message stands in one piece: literals that are added up are joined, values put in are `…`. */
export function normalizeSource(source: string): string {
  return source
    .replace(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, "…")
    .replace(/(["'`])\s*\+\s*(["'`])/g, "")
    .replace(/\\`/g, "`");
}
