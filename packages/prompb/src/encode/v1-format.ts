import type { Label } from "../model/index.js";
import { type ByteWriter, writeBytes, toUtf8 } from "./byte-writer.js";
import {
  doubleFieldSize,
  int64FieldSize,
  lengthFieldSize,
  writeDoubleField,
  writeInt64Field,
  writeLengthTag,
} from "./field.js";
import type { MessageFormat } from "./message-format.js";

/** `prometheus.WriteRequest`: every series has its complete labels in words (W1.10). */
export function createV1Format(): MessageFormat {
  return {
    timeSeriesField: 1,
    sampleField: 2,
    exemplarField: 3,
    histogramField: 4,
    hasStartTimestamps: false,
    hasMetadata: false,
    hasCustomBuckets: false,
    begin: () => true,
    writeHead(writer, series) {
      writeLabels(writer, series.labels);
    },
    exemplarSize: ({ labels, value, timestamp }) =>
      labelsSize(labels) + doubleFieldSize(2, value) + int64FieldSize(3, timestamp),
    writeExemplar(writer, { labels, value, timestamp }) {
      writeLabels(writer, labels);
      writeDoubleField(writer, 2, value);
      writeInt64Field(writer, 3, timestamp);
    },
    writePreamble: () => undefined,
  };
}

function writeLabels(writer: ByteWriter, labels: readonly Label[]): void {
  for (const label of labels) {
    const name = toUtf8(label.name);
    const value = toUtf8(label.value);
    writeLengthTag(writer, 1, lengthFieldSize(1, name.length) + lengthFieldSize(2, value.length));
    writeLengthTag(writer, 1, name.length);
    writeBytes(writer, name);
    writeLengthTag(writer, 2, value.length);
    writeBytes(writer, value);
  }
}

function labelsSize(labels: readonly Label[]): number {
  let size = 0;
  for (const { name, value } of labels) {
    const label = lengthFieldSize(1, toUtf8(name).length) + lengthFieldSize(2, toUtf8(value).length);
    size += lengthFieldSize(1, label);
  }
  return size;
}
