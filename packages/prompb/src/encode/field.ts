import {
  type ByteWriter,
  createByteWriter,
  int64Size,
  reserve,
  toInteger,
  varintSize,
  writeDouble,
  writeInt64,
  writePart,
  writeStaleMarker,
  writeVarint,
  writeZigzag,
  zigzagSize,
} from "./byte-writer.js";
import { utf8Length, writeUtf8 } from "./text.js";

// One function for the size of each kind of field and one that writes it. As in proto3, a number that is 0 is not
// written, but -0 is. Where a field must be there even so, `writeVarintField` and its like are not used.

function varintTag(number: number): number {
  return number << 3;
}

function doubleTag(number: number): number {
  return (number << 3) | 1;
}

function lengthTag(number: number): number {
  return (number << 3) | 2;
}

/** A field with a length (string, message, packed numbers), its tag and length included. */
export function lengthFieldSize(number: number, length: number): number {
  return varintSize(lengthTag(number)) + varintSize(length) + length;
}

/** The tag and length; the content is the caller's to write. */
export function writeLengthTag(writer: ByteWriter, number: number, length: number): void {
  writeVarint(writer, lengthTag(number));
  writeVarint(writer, length);
}

/** A string; an empty one is not written. */
export function stringFieldSize(number: number, text: string): number {
  return text === "" ? 0 : lengthFieldSize(number, utf8Length(text));
}

export function writeStringField(writer: ByteWriter, number: number, text: string): void {
  if (text === "") return;
  writeString(writer, number, text);
}

/** An entry of a repeated field of strings, which is written even when it is empty. */
export function writeString(writer: ByteWriter, number: number, text: string): void {
  const length = utf8Length(text);
  writeLengthTag(writer, number, length);
  writeUtf8(writer, text, length);
}

function isDefault(value: number): boolean {
  return Object.is(value, 0);
}

export function doubleFieldSize(number: number, value: number): number {
  return isDefault(value) ? 0 : varintSize(doubleTag(number)) + 8;
}

export function writeDoubleField(writer: ByteWriter, number: number, value: number): void {
  if (isDefault(value)) return;
  writeVarint(writer, doubleTag(number));
  writeDouble(writer, value);
}

export function writeStaleField(writer: ByteWriter, number: number): void {
  writeVarint(writer, doubleTag(number));
  writeStaleMarker(writer);
}

export function int64FieldSize(number: number, value: number): number {
  const integer = toInteger(value);
  return integer === 0 ? 0 : varintSize(varintTag(number)) + int64Size(integer);
}

export function writeInt64Field(writer: ByteWriter, number: number, value: number): void {
  const integer = toInteger(value);
  if (integer === 0) return;
  writeVarint(writer, varintTag(number));
  writeInt64(writer, integer);
}

/** uint32 and uint64. */
export function unsignedFieldSize(number: number, value: number): number {
  const integer = Math.max(0, toInteger(value));
  return integer === 0 ? 0 : varintSize(varintTag(number)) + varintSize(integer);
}

export function writeUnsignedField(writer: ByteWriter, number: number, value: number): void {
  const integer = Math.max(0, toInteger(value));
  if (integer === 0) return;
  writeVarint(writer, varintTag(number));
  writeVarint(writer, integer);
}

/** A member of a oneof is written even when it is 0: that it is there says which member it is (P6). */
export function writeUnsignedMember(writer: ByteWriter, number: number, value: number): void {
  writeVarint(writer, varintTag(number));
  writeVarint(writer, Math.max(0, toInteger(value)));
}

/** sint32 and sint64. */
export function zigzagFieldSize(number: number, value: number): number {
  const integer = toInteger(value);
  return integer === 0 ? 0 : varintSize(varintTag(number)) + zigzagSize(integer);
}

export function writeZigzagField(writer: ByteWriter, number: number, value: number): void {
  const integer = toInteger(value);
  if (integer === 0) return;
  writeVarint(writer, varintTag(number));
  writeZigzag(writer, integer);
}

/** Packed numbers before their length is known. */
const packed = createByteWriter(1024);

export function writePackedZigzag(writer: ByteWriter, number: number, values: readonly number[]): void {
  if (values.length === 0) return;
  packed.length = 0;
  reserve(packed, 10 * values.length);
  for (const value of values) {
    // Most counts of buckets differ little.
    if (value >= -64 && value < 64 && Number.isInteger(value)) {
      packed.bytes[packed.length++] = value < 0 ? -2 * value - 1 : 2 * value;
    } else {
      writeZigzag(packed, toInteger(value));
    }
  }
  writeLengthTag(writer, number, packed.length);
  writePart(writer, packed.bytes, 0, packed.length);
}

function packedUnsignedLength(values: readonly number[]): number {
  let length = 0;
  for (const value of values) length += varintSize(value);
  return length;
}

/** Integers that are known to be none below 0, such as references to symbols. */
export function packedUnsignedSize(number: number, values: readonly number[]): number {
  return values.length === 0 ? 0 : lengthFieldSize(number, packedUnsignedLength(values));
}

export function writePackedUnsigned(writer: ByteWriter, number: number, values: readonly number[]): void {
  if (values.length === 0) return;
  writeLengthTag(writer, number, packedUnsignedLength(values));
  reserve(writer, 10 * values.length);
  const { bytes } = writer;
  let position = writer.length;
  for (const value of values) {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes[position++] = (rest % 128) | 128;
    bytes[position++] = rest;
  }
  writer.length = position;
}

export function writePackedDoubles(writer: ByteWriter, number: number, values: readonly number[]): void {
  if (values.length === 0) return;
  writeLengthTag(writer, number, values.length * 8);
  for (const value of values) writeDouble(writer, value);
}
