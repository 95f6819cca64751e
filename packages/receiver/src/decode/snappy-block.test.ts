import fc from "fast-check";
import snappy from "snappyjs";
import { expect, test } from "vitest";
import { uncompressBlock } from "./snappy-block.js";

const limit = 1024 * 1024;

test("W1.6: what a compressor makes of any bytes is read back", () => {
  const repetitive = fc.tuple(fc.uint8Array({ maxLength: 50 }), fc.integer({ min: 1, max: 400 }));
  fc.assert(
    fc.property(repetitive, ([piece, times]) => {
      const bytes = new Uint8Array(Array.from({ length: times }, () => [...piece]).flat());
      expect(uncompressBlock(snappy.compress(bytes), limit)).toEqual({ ok: true, bytes });
    }),
  );
});

test("any bytes are either read or refused, and what is read has the length it announces", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 127 }), (bytes, length) => {
      const result = uncompressBlock(new Uint8Array([length, ...bytes]), limit);
      expect(result.ok ? result.bytes.length : result.reason).toBe(result.ok ? length : "corrupt");
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ["nothing at all", []],
  ["a length that does not end", [0xff, 0xff, 0xff]],
  ["a length of more than 32 bits", [0xff, 0xff, 0xff, 0xff, 0x7f]],
  ["less than it announces", [5, 0x00, 1]],
  ["more than it announces", [1, 0x04, 1, 2]],
  ["a literal that ends early", [5, 0x10, 1, 2]],
  ["a copy from before the start", [8, 0x00, 1, 0x0d, 2]],
  ["a copy with no offset", [8, 0x00, 1, 0x0d]],
  ["a copy with offset 0", [5, 0x00, 1, 0x01, 0]],
  [
    "a copy with an offset of 32 bits that a signed reader takes for negative",
    [5, 0x00, 1, 0x0f, 1, 0, 0, 0x80],
  ],
  // Read as a signed number the literal's length leads backwards, for ever.
  ["a literal whose length a signed reader takes for negative", [5, 0xfc, 0xfa, 0xff, 0xff, 0xff, 1, 2]],
])("a block with %s is refused", (_what, bytes) => {
  expect(uncompressBlock(new Uint8Array(bytes), limit)).toMatchObject({ ok: false, reason: "corrupt" });
});

test("a block that announces more than the limit is refused by its first bytes", () => {
  const announced = uncompressBlock(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x0f]), limit);
  expect(announced).toEqual({
    ok: false,
    reason: "too-large",
    detail: "the message has 4294967295 bytes decompressed, the limit is 1048576",
  });
  const bytes = new Uint8Array(100);
  expect(uncompressBlock(snappy.compress(bytes), 100).ok).toBe(true);
  expect(uncompressBlock(snappy.compress(bytes), 99).ok).toBe(false);
});
