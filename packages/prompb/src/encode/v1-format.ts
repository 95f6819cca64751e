import type { Label } from "../model/index.js";
import type { ByteWriter } from "./byte-writer.js";
import {
  doubleFieldSize,
  int64FieldSize,
  stringFieldSize,
  writeDoubleField,
  writeInt64Field,
  writeLengthTag,
  writeStringField,
} from "./field.js";
import type { MessageFormat } from "./message-format.js";
import { labelsSize } from "./size-limit.js";

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
  for (const { name, value } of labels) {
    writeLengthTag(writer, 1, stringFieldSize(1, name) + stringFieldSize(2, value));
    writeStringField(writer, 1, name);
    writeStringField(writer, 2, value);
  }
}
