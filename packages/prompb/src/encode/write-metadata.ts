import type { Metadata } from "../model/index.js";
import { type ByteWriter, createByteWriter, toUtf8, writeBytes, writtenBytes } from "./byte-writer.js";
import { lengthFieldSize, unsignedFieldSize, writeLengthTag, writeUnsignedField } from "./field.js";
import { metricTypeNumbers } from "./metric-type-numbers.js";

/**
 * Metadata of families as a `prometheus.WriteRequest` (remote write 1.0) without series, not compressed. In 2.0 each
 * series carries its own.
 */
export function encodeMetadata(families: Iterable<Metadata>): Uint8Array<ArrayBuffer> {
  const writer = createByteWriter();
  for (const { type, familyName, help, unit } of families) {
    const typeNumber = metricTypeNumbers[type];
    const [name, helpText, unitText] = [toUtf8(familyName), toUtf8(help), toUtf8(unit)];
    const texts = textSize(2, name) + textSize(4, helpText) + textSize(5, unitText);
    writeLengthTag(writer, 3, unsignedFieldSize(1, typeNumber) + texts);
    writeUnsignedField(writer, 1, typeNumber);
    writeText(writer, 2, name);
    writeText(writer, 4, helpText);
    writeText(writer, 5, unitText);
  }
  return writtenBytes(writer);
}

function textSize(number: number, text: Uint8Array): number {
  return text.length === 0 ? 0 : lengthFieldSize(number, text.length);
}

function writeText(writer: ByteWriter, number: number, text: Uint8Array): void {
  if (text.length === 0) return;
  writeLengthTag(writer, number, text.length);
  writeBytes(writer, text);
}
