import type { Label } from "../model/index.js";
import { createByteWriter, toUtf8, writeBytes, writtenBytes } from "./byte-writer.js";
import { lengthFieldSize, writeLengthTag } from "./field.js";

const encoded = new WeakMap<readonly Label[], Uint8Array>();

/**
 * Labels as remote write 1.0 has them: one field 1 for each label, in a series and in an exemplar alike. They are
 * encoded once and kept as long as the array of labels lives.
 */
export function labelBytes(labels: readonly Label[]): Uint8Array {
  let bytes = encoded.get(labels);
  if (bytes === undefined) {
    bytes = encodeLabels(labels);
    encoded.set(labels, bytes);
  }
  return bytes;
}

function encodeLabels(labels: readonly Label[]): Uint8Array {
  const writer = createByteWriter(64 * labels.length);
  for (const label of labels) {
    const name = toUtf8(label.name);
    const value = toUtf8(label.value);
    writeLengthTag(writer, 1, lengthFieldSize(1, name.length) + lengthFieldSize(2, value.length));
    writeLengthTag(writer, 1, name.length);
    writeBytes(writer, name);
    writeLengthTag(writer, 2, value.length);
    writeBytes(writer, value);
  }
  return writtenBytes(writer);
}
