/** What a value is, in words and without the value itself, which may be a secret: `a number`, `an empty string`. */
export function describeKind(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (value === "") return "an empty string";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
