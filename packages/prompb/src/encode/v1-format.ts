import type { Label } from "../model/index.js";
import { type ByteWriter, createByteWriter, writePart } from "./byte-writer.js";
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
  const writeHeadLabels = createLabelsWriter();
  return {
    timeSeriesField: 1,
    sampleField: 2,
    exemplarField: 3,
    histogramField: 4,
    hasStartTimestamps: false,
    hasMetadata: false,
    hasCustomBuckets: false,
    begin: () => true,
    prepareHead: () => undefined,
    writeHead(writer, series) {
      writeHeadLabels(writer, series.labels);
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

/** Writes labels of series that follow each other, which share most of them: those are copied. */
function createLabelsWriter(): (writer: ByteWriter, labels: readonly Label[]) => void {
  let lastLabels: readonly Label[] = [];
  /** Their bytes, and where each of them ends. */
  let last = createByteWriter(512);
  let lastEnds: number[] = [];
  let spare = createByteWriter(512);
  return (writer, labels) => {
    const next = spare;
    next.length = 0;
    const ends: number[] = [];
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] as Label;
      if (label === lastLabels[i]) writePart(next, last.bytes, lastEnds[i - 1] ?? 0, lastEnds[i] ?? 0);
      else writeLabel(next, label);
      ends.push(next.length);
    }
    spare = last;
    last = next;
    lastLabels = labels;
    lastEnds = ends;
    writePart(writer, next.bytes, 0, next.length);
  };
}

function writeLabels(writer: ByteWriter, labels: readonly Label[]): void {
  for (const label of labels) writeLabel(writer, label);
}

function writeLabel(writer: ByteWriter, { name, value }: Label): void {
  writeLengthTag(writer, 1, stringFieldSize(1, name) + stringFieldSize(2, value));
  writeStringField(writer, 1, name);
  writeStringField(writer, 2, value);
}
