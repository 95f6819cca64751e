const truths = new Set(["true", "yes", "on", "y", "1"]);
const falsehoods = new Set(["false", "no", "off", "n", "0"]);

/** Reads what YAML 1.1, Prometheus' dialect, takes for a boolean, and `1` and `0`; undefined where it is none. */
export function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (truths.has(lower)) return true;
  return falsehoods.has(lower) ? false : undefined;
}
