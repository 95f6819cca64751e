import { toBase64 } from "./base64.js";
import { compareBytes } from "./byte-order.js";
import { wellFormed } from "./well-formed.js";

/** Nesting below this depth is cut off, which also ends cycles. */
const maxDepth = 16;
/** So many values are written of one attribute: shared parts could make an endless text of a small object. */
const maxValues = 10_000;

/** The text of an attribute's value by the AnyValue rules (T22). What is empty gives the empty text. */
export function attributeText(value: unknown): string {
  if (typeof value === "string") return wellFormed(value);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value instanceof Uint8Array) return toBase64(value);
  const text = jsonText(value, 0, { values: maxValues });
  return text === "null" ? "" : text;
}

/** The same inside arrays and maps, where everything must be JSON. */
function jsonText(value: unknown, depth: number, left: { values: number }): string {
  if (typeof value === "string") return JSON.stringify(wellFormed(value));
  if (typeof value === "number") return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || depth > maxDepth || left.values-- <= 0) return "null";
  if (value instanceof Uint8Array) return `"${toBase64(value)}"`;
  if (Array.isArray(value))
    return `[${Array.from(value, (each) => jsonText(each, depth + 1, left)).join(",")}]`;
  // Keys are sorted, so that equal maps are equal label values.
  const entries = Object.entries(value).toSorted(([a], [b]) => compareBytes(a, b));
  const texts = entries.map(([key, each]: [string, unknown]) => {
    return `${JSON.stringify(wellFormed(key))}:${jsonText(each, depth + 1, left)}`;
  });
  return `{${texts.join(",")}}`;
}
