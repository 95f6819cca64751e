import fc from "fast-check";
import snappy from "snappyjs";
import { describe, expect, test } from "vitest";
import { snappyDecode } from "../testing/snappy-decode.js";
import { snappyCodec } from "./snappy-codec.js";

/** Numbers that do not compress, the same in every run. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 0x9e3779b9;
  for (let i = 0; i < length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state;
  }
  return bytes;
}

function repetitive(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i % 251);
}

describe("snappyCodec", () => {
  test.each([
    ["empty", new Uint8Array()],
    ["one byte", Uint8Array.of(7)],
    ["incompressible", noise(10_000)],
    ["more than a block of 64 KiB, incompressible", noise(65_537)],
    ["more than a block of 64 KiB, repetitive", repetitive(200_000)],
    ["16 MiB", repetitive(16 * 1024 * 1024)],
    ["16 MiB, incompressible", noise(16 * 1024 * 1024)],
  ])(
    "H1 W1.6: %s input comes back from two independent decoders",
    (_, input) => {
      const compressed = snappyCodec.compress(input);
      expect(Buffer.compare(snappyDecode(compressed), input)).toBe(0);
      expect(Buffer.compare(snappy.uncompress(compressed), input)).toBe(0);
    },
    30_000,
  );

  test("H1: any input comes back", () => {
    const words = fc.array(fc.constantFrom("job", "instance", "http_requests_total", "\0", "é"), {
      maxLength: 500,
    });
    const text = words.map((parts) => new TextEncoder().encode(parts.join("")));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000 }), text), (input) => {
        expect(Buffer.compare(snappyDecode(snappyCodec.compress(input)), input)).toBe(0);
      }),
    );
  });

  test("W1.6: it is not the framed format, which begins with a stream identifier", () => {
    expect(snappyCodec.compress(repetitive(100))[0]).toBe(100);
  });

  test("it compresses what repeats", () => {
    expect(snappyCodec.compress(repetitive(200_000)).length).toBeLessThan(20_000);
  });

  test("a later call leaves an earlier result alone", () => {
    const first = snappyCodec.compress(repetitive(1000));
    const copy = first.slice();
    snappyCodec.compress(noise(1000));
    expect(first).toEqual(copy);
  });
});
