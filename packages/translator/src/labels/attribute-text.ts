import { toBase64 } from "./base64.js";
import { compareBytes } from "./byte-order.js";
import { wellFormed } from "./well-formed.js";

/** Nesting below this depth is cut off, which also ends cycles. */
const maxDepth = 16;

/** The text of an attribute's value by the AnyValue rules (T22). What is empty gives the empty text. */
export function attributeText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return wellFormed(value);
    case "number":
      return Number.isFinite(value) ? JSON.stringify(value) : String(value);
    case "boolean":
    case "bigint":
      return String(value);
    case "object":
      if (value === null) return "";
      if (value instanceof Uint8Array) return toBase64(value);
      return jsonText(value, 0);
    default:
      return "";
  }
}

/** The same inside arrays and maps, where everything must be JSON. */
function jsonText(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(wellFormed(value));
    case "number":
      return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
    case "boolean":
    case "bigint":
      return String(value);
    case "object":
      if (value === null || depth > maxDepth) return "null";
      if (value instanceof Uint8Array) return `"${toBase64(value)}"`;
      if (Array.isArray(value)) return arrayText(value, depth);
      return mapText(value, depth);
    default:
      return "null";
  }
}

function arrayText(values: readonly unknown[], depth: number): string {
  return `[${Array.from(values, (value) => jsonText(value, depth + 1)).join(",")}]`;
}

/** Keys are sorted, so that equal maps are equal label values. */
function mapText(map: object, depth: number): string {
  const entries = Object.entries(map).sort(([a], [b]) => compareBytes(a, b));
  const texts = entries.map(([key, value]: [string, unknown]) => {
    return `${JSON.stringify(wellFormed(key))}:${jsonText(value, depth + 1)}`;
  });
  return `{${texts.join(",")}}`;
}
