import { toBase64 } from "./base64.js";
import { compareBytes } from "./byte-order.js";
import { wellFormed } from "./well-formed.js";

/** Nesting below this depth is cut off, which also ends cycles. */
const maxDepth = 16;

/** The text of an attribute's value by the AnyValue rules (T22). What is empty gives the empty text. */
export function attributeText(value: unknown): string {
  if (typeof value === "string") return wellFormed(value);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (value instanceof Uint8Array) return toBase64(value);
  const text = jsonText(value, 0);
  return text === "null" ? "" : text;
}

/** The same inside arrays and maps, where everything must be JSON. */
function jsonText(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(wellFormed(value));
  if (typeof value === "number") return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || depth > maxDepth) return "null";
  if (value instanceof Uint8Array) return `"${toBase64(value)}"`;
  return Array.isArray(value) ? arrayText(value, depth) : mapText(value, depth);
}

function arrayText(values: readonly unknown[], depth: number): string {
  return `[${Array.from(values, (value) => jsonText(value, depth + 1)).join(",")}]`;
}

/** Keys are sorted, so that equal maps are equal label values. */
function mapText(map: object, depth: number): string {
  const entries = Object.entries(map).toSorted(([a], [b]) => compareBytes(a, b));
  const texts = entries.map(([key, value]: [string, unknown]) => {
    return `${JSON.stringify(wellFormed(key))}:${jsonText(value, depth + 1)}`;
  });
  return `{${texts.join(",")}}`;
}
