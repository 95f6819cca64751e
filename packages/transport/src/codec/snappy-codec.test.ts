import fc from "fast-check";
import { snappyCompressor, snappyUncompress } from "hysnappy";
import snappy from "snappyjs";
import { describe, expect, test } from "vitest";
import { codecInputs, noise, repetitive } from "../testing/codec-inputs.js";
import { snappyDecode } from "../testing/snappy-decode.js";
import type { Codec } from "./codec.js";
import { snappyCodec } from "./snappy-codec.js";

// As the README shows it.
const hysnappyCodec: Codec = { name: "snappy", compress: snappyCompressor() };

const codecs: readonly [string, Codec][] = [
  ["snappyCodec", snappyCodec],
  ["hysnappy", hysnappyCodec],
];

describe.each(codecs)("%s", (_, codec) => {
  test.each(codecInputs)(
    "H1 W1.6: %s input comes back from three decoders",
    (_what, input) => {
      const compressed = codec.compress(input);
      expect(Buffer.compare(snappyDecode(compressed), input)).toBe(0);
      expect(Buffer.compare(snappy.uncompress(compressed), input)).toBe(0);
      expect(Buffer.compare(snappyUncompress(compressed, input.length), input)).toBe(0);
    },
    60_000,
  );

  test("H1: any input comes back", () => {
    const words = fc.array(fc.constantFrom("job", "instance", "http_requests_total", "\0", "é"), {
      maxLength: 500,
    });
    const text = words.map((parts) => new TextEncoder().encode(parts.join("")));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000 }), text), (input) => {
        expect(Buffer.compare(snappyDecode(codec.compress(input)), input)).toBe(0);
      }),
    );
  });

  test("W1.6: it is not the framed format, which begins with a stream identifier", () => {
    expect(codec.compress(repetitive(100))[0]).toBe(100);
  });

  test("it compresses what repeats", () => {
    expect(codec.compress(repetitive(200_000)).length).toBeLessThan(20_000);
  });

  test("a later call leaves an earlier result alone", () => {
    const first = codec.compress(repetitive(1000));
    const copy = first.slice();
    codec.compress(noise(1000));
    expect(first).toEqual(copy);
  });

  test("nor does a result hold on to more memory than its bytes", () => {
    expect(codec.compress(repetitive(200_000)).buffer.byteLength).toBeLessThan(20_000);
  });
});
