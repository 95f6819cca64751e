import { type ByteReader, malformed, readDouble, readUnsigned, take } from "./byte-reader.js";

/** A field's number and how it is written, as its tag has them: `number << 3 | wire type`. */
type Tag = number;

const varint = 0;
const fixed64 = 1;
const lengthDelimited = 2;
const fixed32 = 5;

/**
 * Reads a message: `onField` is called for each field and reads it, or returns false to leave it out, as fields that are
 * not known are.
 */
export function readFields(reader: ByteReader, onField: (tag: Tag) => boolean): void {
  while (reader.position < reader.end) {
    const tag = readUnsigned(reader);
    if (tag < 8 || tag >= 2 ** 32) throw malformed("a field has no number");
    if (!onField(tag)) skip(reader, tag & 7);
  }
}

/** Reads a message that is a field of another one. */
export function readMessage(reader: ByteReader, onField: (tag: Tag) => boolean): void {
  inside(reader, () => readFields(reader, onField));
}

/** Reads an entry, or entries packed together, of a repeated field of numbers. */
export function readRepeated(
  reader: ByteReader,
  tag: Tag,
  read: (reader: ByteReader) => number,
  into: number[],
): void {
  if ((tag & 7) !== lengthDelimited) {
    into.push(read(reader));
    return;
  }
  inside(reader, () => {
    while (reader.position < reader.end) into.push(read(reader));
  });
}

function inside(reader: ByteReader, readContent: () => void): void {
  const { end } = reader;
  const length = readUnsigned(reader);
  const start = take(reader, length);
  reader.position = start;
  reader.end = start + length;
  readContent();
  reader.end = end;
}

function skip(reader: ByteReader, type: number): void {
  if (type === varint) readUnsigned(reader);
  else if (type === fixed64) readDouble(reader);
  else if (type === lengthDelimited) take(reader, readUnsigned(reader));
  else if (type === fixed32) take(reader, 4);
  else throw malformed(`a field is written in an unknown way (${type})`);
}
