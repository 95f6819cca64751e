import type { Metadata } from "../model/index.js";
import { createByteWriter, writtenBytes } from "./byte-writer.js";
import {
  stringFieldSize,
  unsignedFieldSize,
  writeLengthTag,
  writeStringField,
  writeUnsignedField,
} from "./field.js";
import { metricTypeNumbers } from "./metric-type-numbers.js";

/**
 * Metadata of families as a `prometheus.WriteRequest` (remote write 1.0) without series, not compressed. In 2.0 each
 * series carries its own.
 */
export function encodeMetadata(families: Iterable<Metadata>): Uint8Array<ArrayBuffer> {
  const writer = createByteWriter();
  for (const { type, familyName, help, unit } of families) {
    const typeNumber = metricTypeNumbers[type];
    const texts = stringFieldSize(2, familyName) + stringFieldSize(4, help) + stringFieldSize(5, unit);
    writeLengthTag(writer, 3, unsignedFieldSize(1, typeNumber) + texts);
    writeUnsignedField(writer, 1, typeNumber);
    writeStringField(writer, 2, familyName);
    writeStringField(writer, 4, help);
    writeStringField(writer, 5, unit);
  }
  return writtenBytes(writer);
}
