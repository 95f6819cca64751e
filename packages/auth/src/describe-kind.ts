/** What a value is, in words and without the value itself, which may be a secret: `a number`, `an empty string`. */
export function describeKind(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (value === "") return "an empty string";
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return `a ${typeof value}`;
  // A Map, a Set, URLSearchParams: an object that is none for us.
  return Symbol.iterator in value ? `a ${Object.prototype.toString.call(value).slice(8, -1)}` : "an object";
}
