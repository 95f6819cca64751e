import fc from "fast-check";
import { expect, test } from "vitest";
import { redactText } from "./redact-text.js";

test("every occurrence goes, the longest secret first", () => {
  expect(redactText("Bearer abcdefgh, abcdef, Bearer abcdefgh", ["abcdef", "Bearer abcdefgh"])).toBe(
    "[redacted], [redacted], [redacted]",
  );
});

test("short values are no secrets", () => {
  expect(redactText("1 of 10 is 10", ["10", "", "is 10"])).toBe("1 of 10 is 10");
});

test("a secret cut off at the end goes", () => {
  expect(redactText("got abcdefgh", ["abcdefghijkl"])).toBe("got [redacted]");
  expect(redactText("got abcde", ["abcdefghijkl"])).toBe("got abcde");
});

test("A2: no text keeps a secret", () => {
  const secret = fc.string({ minLength: 6, maxLength: 40 }).filter((text) => !"[redacted]".includes(text));
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (text, before, after) => {
      expect(redactText(`${before}${text}${after}`, [text])).toContain("[redacted]");
      expect(redactText(`${before.replaceAll(text, "")}\n${text}\n`, [text])).not.toContain(text);
    }),
  );
});
