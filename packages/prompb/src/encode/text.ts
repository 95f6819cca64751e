import { type ByteWriter, reserve } from "./byte-writer.js";

const utf8 = new TextEncoder();
/** Longer texts are left to the TextEncoder, which is faster from about here on. */
const shortLength = 64;

/** The length of a text in UTF-8; a lone surrogate counts as U+FFFD (P8). */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    // A pair of surrogates is four bytes, of which two are counted with each half.
    if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) i++;
  }
  return length;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}

/** Writes a text as UTF-8, of which the length is known. A lone surrogate becomes U+FFFD (P8). */
export function writeUtf8(writer: ByteWriter, text: string, length: number): void {
  reserve(writer, length);
  const { bytes } = writer;
  if (length === text.length && length < shortLength) {
    for (let i = 0; i < length; i++) bytes[writer.length + i] = text.charCodeAt(i);
  } else {
    utf8.encodeInto(text, bytes.subarray(writer.length, writer.length + length));
  }
  writer.length += length;
}
