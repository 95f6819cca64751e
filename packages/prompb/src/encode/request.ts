import type { Exemplar, Metadata, MetricType, Round, RoundHistogram, Series } from "../model/index.js";
import { type ByteWriter, createByteWriter, toUtf8, writeBytes, writtenBytes } from "./byte-writer.js";
import {
  doubleFieldSize,
  int64FieldSize,
  lengthFieldSize,
  packedUnsignedSize,
  unsignedFieldSize,
  writeDoubleField,
  writeInt64Field,
  writeLengthTag,
  writePackedUnsigned,
  writeUnsignedField,
} from "./field.js";
import { nativeHistogramSize, writeNativeHistogram } from "./native-histogram.js";
import { sampleSize, writeSample } from "./sample.js";
import { createSymbolTable, type SymbolTable } from "./symbol-table.js";

const metricTypes: Record<MetricType, number> = {
  unknown: 0,
  counter: 1,
  gauge: 2,
  histogram: 3,
  gaugehistogram: 4,
  summary: 5,
  info: 6,
  stateset: 7,
};

/** A Round as `io.prometheus.write.v2.Request` (remote write 2.0), not compressed: each point as a TimeSeries of its own. */
export function encodeRequest(round: Round): Uint8Array<ArrayBuffer> {
  const table = createSymbolTable();
  const timeSeries = createByteWriter();
  for (let i = 0; i < round.sampleCount; i++) writeSampleSeries(timeSeries, table, round, i);
  for (const point of round.histograms) writeHistogramSeries(timeSeries, table, point);

  const writer = createByteWriter(timeSeries.length + 64 * table.symbols.length);
  for (const symbol of table.symbols) {
    const utf8 = toUtf8(symbol);
    writeLengthTag(writer, 4, utf8.length);
    writeBytes(writer, utf8);
  }
  writeBytes(writer, timeSeries.bytes.subarray(0, timeSeries.length));
  return writtenBytes(writer);
}

function writeSampleSeries(writer: ByteWriter, table: SymbolTable, round: Round, i: number): void {
  const series = round.series[i];
  const value = round.values[i];
  const timestamp = round.timestamps[i];
  if (series === undefined || value === undefined || timestamp === undefined) return;
  const startTimestamp = round.startTimestamps[i] ?? 0;
  const stale = round.staleSamples.has(i);
  const size = sampleSize(value, stale, timestamp, startTimestamp);
  writeTimeSeries(writer, table, series, 2, size, round.exemplars.get(i) ?? [], () => {
    writeSample(writer, value, stale, timestamp, startTimestamp);
  });
}

function writeHistogramSeries(writer: ByteWriter, table: SymbolTable, point: RoundHistogram): void {
  const startTimestamp = point.histogram.startTimestamp ?? 0;
  const size = nativeHistogramSize(point.histogram, startTimestamp);
  writeTimeSeries(writer, table, point.series, 3, size, point.exemplars, () => {
    writeNativeHistogram(writer, point.histogram, startTimestamp);
  });
}

/** `pointField` is 2 for a sample and 3 for a histogram, `writePoint` writes its `pointSize` bytes. */
function writeTimeSeries(
  writer: ByteWriter,
  table: SymbolTable,
  series: Series,
  pointField: number,
  pointSize: number,
  exemplars: readonly Exemplar[],
  writePoint: () => void,
): void {
  const labels = table.references(series.labels);
  const metadata = metadataReferences(table, series.metadata);
  const referenced = exemplars.map((exemplar) => ({ exemplar, labels: table.references(exemplar.labels) }));
  let size =
    packedUnsignedSize(1, labels) +
    lengthFieldSize(pointField, pointSize) +
    lengthFieldSize(5, metadata.size);
  for (const { exemplar, labels: refs } of referenced)
    size += lengthFieldSize(4, exemplarSize(exemplar, refs));

  writeLengthTag(writer, 5, size);
  writePackedUnsigned(writer, 1, labels);
  writeLengthTag(writer, pointField, pointSize);
  writePoint();
  for (const { exemplar, labels: refs } of referenced) writeExemplar(writer, exemplar, refs);
  writeLengthTag(writer, 5, metadata.size);
  writeUnsignedField(writer, 1, metadata.type);
  writeUnsignedField(writer, 3, metadata.help);
  writeUnsignedField(writer, 4, metadata.unit);
}

interface MetadataReferences {
  readonly type: number;
  readonly help: number;
  readonly unit: number;
  readonly size: number;
}

function metadataReferences(table: SymbolTable, metadata: Metadata): MetadataReferences {
  const type = metricTypes[metadata.type];
  const help = table.reference(metadata.help);
  const unit = table.reference(metadata.unit);
  const size = unsignedFieldSize(1, type) + unsignedFieldSize(3, help) + unsignedFieldSize(4, unit);
  return { type, help, unit, size };
}

function exemplarSize(exemplar: Exemplar, labels: readonly number[]): number {
  return (
    packedUnsignedSize(1, labels) + doubleFieldSize(2, exemplar.value) + int64FieldSize(3, exemplar.timestamp)
  );
}

function writeExemplar(writer: ByteWriter, exemplar: Exemplar, labels: readonly number[]): void {
  writeLengthTag(writer, 4, exemplarSize(exemplar, labels));
  writePackedUnsigned(writer, 1, labels);
  writeDoubleField(writer, 2, exemplar.value);
  writeInt64Field(writer, 3, exemplar.timestamp);
}
