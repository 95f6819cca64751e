import {
  customBucketsSchema,
  type Exemplar,
  type Metadata,
  type Round,
  type RoundHistogram,
  type Series,
} from "../model/index.js";
import {
  type ByteWriter,
  createByteWriter,
  int64Size,
  writeBytes,
  writeDouble,
  writePart,
  writeInt64,
  writeStaleMarker,
  writeVarint,
} from "./byte-writer.js";
import { int64FieldSize, lengthFieldSize, writeInt64Field, writeLengthTag } from "./field.js";
import { createHeads, sampleOverhead } from "./heads.js";
import type { MessageFormat } from "./message-format.js";
import { writeNativeHistogram } from "./native-histogram.js";

/** A message as it was written last, and where in it things stand. */
export interface MessageLayout {
  /** Preamble, series with samples, series with histograms. */
  readonly writer: ByteWriter;
  /** Where the first series with a sample begins, where the first with a histogram. */
  readonly samplesStart: number;
  readonly histogramsStart: number;
  /** The series of the samples. The arrays have an entry for each. */
  readonly series: readonly Series[];
  readonly startTimestamps: Float64Array;
  /**
   * Which metadata the heads speak of, and from which position on; empty where the message has none. Series of one family
   * always have the same object, and mostly stand together.
   */
  readonly metadata: readonly Metadata[];
  readonly metadataStarts: readonly number[];
  /** Where a series' head begins, and where its sample's value, from `samplesStart`. */
  readonly headStarts: Int32Array;
  readonly valueStarts: Int32Array;
  /** The heads of series with histograms. */
  readonly histogramHeads: ReadonlyMap<Series, HistogramHead>;
  /** Whether values and timestamps can be replaced: no exemplars, and every timestamp takes six bytes. */
  readonly isRegular: boolean;
}

export interface HistogramHead {
  readonly bytes: Uint8Array;
  readonly metadata: Metadata;
}

const valueTag = (1 << 3) | 1;
const timestampTag = 2 << 3;
/** Timestamps of the years 1971 to 2109. */
const regularTimestampSize = 6;

/** Writes a message. What the one before has of the same series is copied. */
export function buildMessage(
  format: MessageFormat,
  previous: MessageLayout | undefined,
  round: Round,
): MessageLayout {
  const areHeadsRight = format.begin(round.sampleCount + round.histograms.length);
  const heads = createHeads(format, areHeadsRight ? previous : undefined);
  const body = emptyBody();
  const headStarts = new Int32Array(round.sampleCount);
  const valueStarts = new Int32Array(round.sampleCount);
  const metadata: Metadata[] = [];
  const metadataStarts: number[] = [];
  let isRegular = round.exemplars.size === 0;
  if (hasExemplars(round)) prepareHeads(format, round);

  for (let i = 0; i < round.sampleCount; i++) {
    const series = at(round.series, i);
    const timestamp = at(round.timestamps, i);
    const startTimestamp = format.hasStartTimestamps ? at(round.startTimestamps, i) : 0;
    const exemplars = round.exemplars.get(i) ?? [];
    const head = heads.ofSample(series);
    const headLength = head.end - head.start;
    const sampleSize = 1 + 8 + 1 + int64Size(timestamp) + int64FieldSize(3, startTimestamp);
    writeLengthTag(
      body,
      format.timeSeriesField,
      headLength + lengthFieldSize(format.sampleField, sampleSize) + exemplarsSize(format, exemplars),
    );
    headStarts[i] = body.length;
    valueStarts[i] = body.length + headLength + sampleOverhead;
    if (format.hasMetadata && metadata.at(-1) !== series.metadata) {
      metadata.push(series.metadata);
      metadataStarts.push(i);
    }
    if (int64Size(timestamp) !== regularTimestampSize) isRegular = false;
    writePart(body, head.bytes, head.start, head.end);
    writeLengthTag(body, format.sampleField, sampleSize);
    writeVarint(body, valueTag);
    if (round.staleSamples.has(i)) writeStaleMarker(body);
    else writeDouble(body, at(round.values, i));
    writeVarint(body, timestampTag);
    writeInt64(body, timestamp);
    writeInt64Field(body, 3, startTimestamp);
    writeExemplars(body, format, exemplars);
  }
  const histogramsStart = body.length;
  const histogramHeads = new Map<Series, HistogramHead>();
  for (const { series } of round.histograms) histogramHeads.set(series, heads.ofHistogram(series));
  writeHistograms(body, format, histogramHeads, round.histograms);

  const writer = createByteWriter(body.length + 1024);
  format.writePreamble(writer);
  const samplesStart = writer.length;
  writeBytes(writer, body.bytes.subarray(0, body.length));
  return {
    writer,
    samplesStart,
    histogramsStart: samplesStart + histogramsStart,
    series: round.series,
    startTimestamps: round.startTimestamps,
    metadata,
    metadataStarts,
    headStarts,
    valueStarts,
    histogramHeads,
    isRegular,
  };
}

/**
 * For the series of the message that is being built: one buffer for all encoders, as they are not at work at the same time,
 * and a new one for each message costs as much as what is written into it. In steady state none is needed, so it is held
 * weakly.
 */
let spareBody: WeakRef<ByteWriter> | undefined;

function emptyBody(): ByteWriter {
  let body = spareBody?.deref();
  if (body === undefined) {
    body = createByteWriter();
    spareBody = new WeakRef(body);
  }
  body.length = 0;
  return body;
}

/** Writes the series with histograms, whose size changes; all of their heads are known. */
export function writeHistograms(
  writer: ByteWriter,
  format: MessageFormat,
  heads: ReadonlyMap<Series, HistogramHead>,
  histograms: readonly RoundHistogram[],
): void {
  if (histograms.length === 0) return;
  const message = createByteWriter(1024);
  for (const { series, histogram, exemplars } of histograms) {
    const head = heads.get(series)?.bytes;
    if (head === undefined) continue;
    if (histogram.schema === customBucketsSchema && !format.hasCustomBuckets) continue;
    const startTimestamp = format.hasStartTimestamps ? (histogram.startTimestamp ?? 0) : 0;
    message.length = 0;
    writeNativeHistogram(message, histogram, startTimestamp);
    const size = message.length;
    writeLengthTag(
      writer,
      format.timeSeriesField,
      head.length + lengthFieldSize(format.histogramField, size) + exemplarsSize(format, exemplars),
    );
    writeBytes(writer, head);
    writeLengthTag(writer, format.histogramField, size);
    writePart(writer, message.bytes, 0, size);
    writeExemplars(writer, format, exemplars);
  }
}

function exemplarsSize(format: MessageFormat, exemplars: readonly Exemplar[]): number {
  let size = 0;
  for (const exemplar of exemplars)
    size += lengthFieldSize(format.exemplarField, format.exemplarSize(exemplar));
  return size;
}

function writeExemplars(writer: ByteWriter, format: MessageFormat, exemplars: readonly Exemplar[]): void {
  for (const exemplar of exemplars) {
    writeLengthTag(writer, format.exemplarField, format.exemplarSize(exemplar));
    format.writeExemplar(writer, exemplar);
  }
}

function hasExemplars({ exemplars, histograms }: Round): boolean {
  return exemplars.size > 0 || histograms.some((each) => each.exemplars.length > 0);
}

function prepareHeads(format: MessageFormat, { series, sampleCount, histograms }: Round): void {
  for (let i = 0; i < sampleCount; i++) format.prepareHead(at(series, i));
  for (const histogram of histograms) format.prepareHead(histogram.series);
}

/** An entry of which the Round says that it is there. */
function at<T>(list: ArrayLike<T>, index: number): T {
  return list[index] as T;
}
