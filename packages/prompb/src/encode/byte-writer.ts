/** A growing buffer that protobuf fields are written to. */
export interface ByteWriter {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView;
  /** How many of the bytes are written. */
  length: number;
}

const initialCapacity = 16_384;

export function createByteWriter(capacity: number = initialCapacity): ByteWriter {
  const bytes = new Uint8Array(Math.max(capacity, 16));
  return { bytes, view: new DataView(bytes.buffer), length: 0 };
}

/** A copy of what was written. */
export function writtenBytes(writer: ByteWriter): Uint8Array<ArrayBuffer> {
  return writer.bytes.slice(0, writer.length);
}

/** Makes room for so many more bytes. */
export function reserve(writer: ByteWriter, count: number): void {
  const needed = writer.length + count;
  if (needed <= writer.bytes.length) return;
  const grown = new Uint8Array(Math.max(needed, writer.bytes.length * 2));
  grown.set(writer.bytes.subarray(0, writer.length));
  writer.bytes = grown;
  writer.view = new DataView(grown.buffer);
}

/** An unsigned varint. `value` is an integer from 0 to 2^64 - 1, exact as far as a double is. */
export function writeVarint(writer: ByteWriter, value: number): void {
  reserve(writer, 10);
  const { bytes } = writer;
  let position = writer.length;
  let rest = value;
  while (rest >= 0x8000_0000) {
    bytes[position++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  let small = rest | 0;
  while (small > 127) {
    bytes[position++] = (small & 127) | 128;
    small >>>= 7;
  }
  bytes[position++] = small;
  writer.length = position;
}

export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

/**
 * What an integer field can carry without loss: no fraction, NaN as 0, at most 2^53 - 1 to either side (P2). A
 * translator reports such numbers; here they only must not break the message.
 */
export function toInteger(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  if (Number.isNaN(value)) return 0;
  return Math.trunc(Math.min(Math.max(value, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER));
}

/** An int64: negative values take ten bytes. */
export function writeInt64(writer: ByteWriter, value: number): void {
  if (value >= 0) {
    writeVarint(writer, value);
  } else {
    writeBigVarint(writer, BigInt.asUintN(64, BigInt(value)));
  }
}

export function int64Size(value: number): number {
  return value < 0 ? 10 : varintSize(value);
}

/** sint32 and sint64: 0, -1, 1, -2 become 0, 1, 2, 3. */
export function writeZigzag(writer: ByteWriter, value: number): void {
  if (Math.abs(value) < 2 ** 52) {
    writeVarint(writer, zigzag(value));
  } else {
    writeBigVarint(writer, value < 0 ? -2n * BigInt(value) - 1n : 2n * BigInt(value));
  }
}

/** Beyond 2^52 the doubled number is not exact, but no varint changes its size there. */
export function zigzagSize(value: number): number {
  return varintSize(zigzag(value));
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function writeBigVarint(writer: ByteWriter, value: bigint): void {
  reserve(writer, 10);
  let rest = value;
  for (; rest > 127n; rest >>= 7n) writer.bytes[writer.length++] = Number(rest & 127n) | 128;
  writer.bytes[writer.length++] = Number(rest);
}

/** A double; NaN is always the ordinary quiet one, so that it can never be taken for a stale marker (P4). */
export function writeDouble(writer: ByteWriter, value: number): void {
  reserve(writer, 8);
  if (Number.isNaN(value)) {
    writer.view.setUint32(writer.length, 0, true);
    writer.view.setUint32(writer.length + 4, 0x7ff8_0000, true);
  } else {
    writer.view.setFloat64(writer.length, value, true);
  }
  writer.length += 8;
}

/** The bits 0x7ff0000000000002, written as bytes: a number may lose them (W1.23, P3). */
export function writeStaleMarker(writer: ByteWriter): void {
  reserve(writer, 8);
  writer.view.setUint32(writer.length, 2, true);
  writer.view.setUint32(writer.length + 4, 0x7ff0_0000, true);
  writer.length += 8;
}

/** Up to here a loop is faster than a copy by a view. */
const fewBytes = 128;

/** A part of some bytes. */
export function writePart(writer: ByteWriter, from: Uint8Array, start: number, end: number): void {
  if (end - start >= fewBytes) {
    writeBytes(writer, from.subarray(start, end));
    return;
  }
  reserve(writer, end - start);
  const { bytes } = writer;
  let position = writer.length;
  for (let i = start; i < end; i++) bytes[position++] = from[i] as number;
  writer.length = position;
}

export function writeBytes(writer: ByteWriter, bytes: Uint8Array): void {
  reserve(writer, bytes.length);
  writer.bytes.set(bytes, writer.length);
  writer.length += bytes.length;
}
