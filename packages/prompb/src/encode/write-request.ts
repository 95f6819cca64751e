import { customBucketsSchema, type Exemplar, type Round, type RoundHistogram } from "../model/index.js";
import { type ByteWriter, createByteWriter, writeBytes, writtenBytes } from "./byte-writer.js";
import {
  doubleFieldSize,
  int64FieldSize,
  lengthFieldSize,
  writeDoubleField,
  writeInt64Field,
  writeLengthTag,
} from "./field.js";
import { labelBytes } from "./label-bytes.js";
import { nativeHistogramSize, writeNativeHistogram } from "./native-histogram.js";
import { sampleSize, writeSample } from "./sample.js";

/**
 * A Round as `prometheus.WriteRequest` (remote write 1.0), not compressed: each point as a TimeSeries of its own.
 * Start timestamps are left out, as 1.0 has none, and so are histograms with custom buckets, which 1.0 senders must
 * not write.
 */
export function encodeWriteRequest(round: Round): Uint8Array<ArrayBuffer> {
  const writer = createByteWriter();
  for (let i = 0; i < round.sampleCount; i++) writeSampleSeries(writer, round, i);
  for (const point of round.histograms) {
    if (point.histogram.schema !== customBucketsSchema) writeHistogramSeries(writer, point);
  }
  return writtenBytes(writer);
}

function writeSampleSeries(writer: ByteWriter, round: Round, i: number): void {
  const series = round.series[i];
  const value = round.values[i];
  const timestamp = round.timestamps[i];
  if (series === undefined || value === undefined || timestamp === undefined) return;
  const labels = labelBytes(series.labels);
  const stale = round.staleSamples.has(i);
  const exemplars = round.exemplars.get(i) ?? [];
  const size = sampleSize(value, stale, timestamp, 0);
  writeLengthTag(writer, 1, labels.length + lengthFieldSize(2, size) + exemplarsSize(exemplars));
  writeBytes(writer, labels);
  writeLengthTag(writer, 2, size);
  writeSample(writer, value, stale, timestamp, 0);
  writeExemplars(writer, exemplars);
}

function writeHistogramSeries(writer: ByteWriter, point: RoundHistogram): void {
  const labels = labelBytes(point.series.labels);
  const size = nativeHistogramSize(point.histogram, 0);
  writeLengthTag(writer, 1, labels.length + exemplarsSize(point.exemplars) + lengthFieldSize(4, size));
  writeBytes(writer, labels);
  writeExemplars(writer, point.exemplars);
  writeLengthTag(writer, 4, size);
  writeNativeHistogram(writer, point.histogram, 0);
}

function exemplarSize(exemplar: Exemplar): number {
  return (
    labelBytes(exemplar.labels).length +
    doubleFieldSize(2, exemplar.value) +
    int64FieldSize(3, exemplar.timestamp)
  );
}

function exemplarsSize(exemplars: readonly Exemplar[]): number {
  let size = 0;
  for (const exemplar of exemplars) size += lengthFieldSize(3, exemplarSize(exemplar));
  return size;
}

function writeExemplars(writer: ByteWriter, exemplars: readonly Exemplar[]): void {
  for (const exemplar of exemplars) {
    writeLengthTag(writer, 3, exemplarSize(exemplar));
    writeBytes(writer, labelBytes(exemplar.labels));
    writeDoubleField(writer, 2, exemplar.value);
    writeInt64Field(writer, 3, exemplar.timestamp);
  }
}
