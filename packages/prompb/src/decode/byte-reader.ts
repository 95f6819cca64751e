/** A message's bytes, and where in them the next field begins. */
export interface ByteReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  position: number;
  /** Where the message ends that is read now: the whole one, or one inside of it. */
  end: number;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes are not the message that they should be. */
export function malformed(what: string): Error {
  return new Error(`not an io.prometheus.write.v2.Request: ${what}`);
}

export function createByteReader(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view, position: 0, end: bytes.length };
}

/** The upper 32 bits of the varint that was read last. */
let upper = 0;

/** Reads a varint and gives its lower 32 bits. */
function readLower(reader: ByteReader): number {
  const { bytes, end } = reader;
  let lower = 0;
  upper = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    if (reader.position >= end) throw malformed("a number is cut off");
    const byte = bytes[reader.position++] as number;
    const bits = byte & 127;
    if (shift < 32) lower |= bits << shift;
    if (shift === 28) upper = bits >>> 4;
    else if (shift > 28) upper |= bits << (shift - 32);
    if (byte < 128) {
      upper >>>= 0;
      return lower >>> 0;
    }
  }
  throw malformed("a number has more than ten bytes");
}

const upperUnit = 2 ** 32;

/** uint32 and uint64, exact up to 2^53. */
export function readUnsigned(reader: ByteReader): number {
  const lower = readLower(reader);
  return upper * upperUnit + lower;
}

/** int64, exact up to 2^53 to either side. */
export function readInt64(reader: ByteReader): number {
  const lower = readLower(reader);
  return (upper | 0) * upperUnit + lower;
}

/** sint32 and sint64: 0, 1, 2, 3 stand for 0, -1, 1, -2. */
export function readZigzag(reader: ByteReader): number {
  const lower = readLower(reader);
  const half = (upper >>> 1) * upperUnit + ((((upper & 1) << 31) | (lower >>> 1)) >>> 0);
  return (lower & 1) === 0 ? half : -half - 1;
}

export function readDouble(reader: ByteReader): number {
  return reader.view.getFloat64(take(reader, 8), true);
}

/** True where the bits of a double are those of a stale marker, which a number might lose (W1.23, P3). */
export function isStaleMarkerAt({ view }: ByteReader, position: number): boolean {
  return view.getUint32(position, true) === 2 && view.getUint32(position + 4, true) === 0x7ff0_0000;
}

/** Goes over so many bytes and gives where they begin. */
export function take(reader: ByteReader, count: number): number {
  const start = reader.position;
  if (count > reader.end - start) throw malformed("a field is longer than what holds it");
  reader.position = start + count;
  return start;
}

export function readText(reader: ByteReader): string {
  const length = readUnsigned(reader);
  const start = take(reader, length);
  try {
    return utf8.decode(reader.bytes.subarray(start, start + length));
  } catch {
    throw malformed("a symbol is not UTF-8");
  }
}
