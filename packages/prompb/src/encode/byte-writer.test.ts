import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createByteWriter,
  int64Size,
  toInteger,
  varintSize,
  writeInt64,
  writeVarint,
  writeZigzag,
  writtenBytes,
  zigzagSize,
} from "./byte-writer.js";

/** The varint of a 64-bit pattern, by BigInt alone. */
function reference(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

function bytesOf(write: (writer: ReturnType<typeof createByteWriter>) => void): number[] {
  const writer = createByteWriter(1);
  write(writer);
  return [...writtenBytes(writer)];
}

describe("P2, P7: integers", () => {
  it("writes varints as a BigInt reference does, in the size that is told", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        const bytes = bytesOf((writer) => writeVarint(writer, value));
        expect(bytes).toEqual(reference(BigInt(value)));
        expect(varintSize(value)).toBe(bytes.length);
      }),
    );
  });

  it("writes int64 as a BigInt reference does, in the size that is told", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const bytes = bytesOf((writer) => writeInt64(writer, value));
        expect(bytes).toEqual(reference(BigInt(value)));
        expect(int64Size(value)).toBe(bytes.length);
      }),
    );
  });

  it("writes sint64 as a BigInt reference does, in the size that is told", () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -9, max: 9 })), (value) => {
        const big = BigInt(value);
        const bytes = bytesOf((writer) => writeZigzag(writer, value));
        expect(bytes).toEqual(reference((big << 1n) ^ (big >> 63n)));
        expect(zigzagSize(value)).toBe(bytes.length);
      }),
    );
  });

  it("clamps what an integer field cannot carry", () => {
    expect([1.9, -1.9, NaN, Infinity, -1e300].map(toInteger)).toEqual([
      1,
      -1,
      0,
      Number.MAX_SAFE_INTEGER,
      Number.MIN_SAFE_INTEGER,
    ]);
  });
});
