import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeText } from "./escape-text.js";

test("W1.17: what can be printed stays as it is", () => {
  const text = 'a "b" \\n C:\\x é 日本 🙂 \ud800';
  expect(escapeText(text)).toBe(text);
});

test("every control character is escaped", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(escapeText(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
    }),
  );
});
