import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createByteWriter, writtenBytes } from "./byte-writer.js";
import { utf8Length, writeUtf8 } from "./text.js";

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: fc.constantFrom("a", "ß", "字", "🛒", "\ud83d", "\udc00"), maxLength: 20 }),
);

describe("P8: UTF-8", () => {
  it("is what a TextEncoder writes, lone surrogates included, in the size that is told", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const expected = new TextEncoder().encode(text);
        const writer = createByteWriter(1);
        writeUtf8(writer, text, utf8Length(text));
        expect(writtenBytes(writer)).toEqual(expected);
        expect(utf8Length(text)).toBe(expected.length);
      }),
    );
  });
});
