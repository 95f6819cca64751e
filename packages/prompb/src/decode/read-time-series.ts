import type { NativeHistogram, Sample } from "../model/index.js";
import { type ByteReader, isStaleMarkerAt, readDouble, readInt64, readUnsigned } from "./byte-reader.js";
import { readMessage, readRepeated } from "./fields.js";
import { readHistogram } from "./read-histogram.js";

/** A TimeSeries whose texts are still references to symbols. */
export interface TimeSeriesFields {
  readonly labelsRefs: number[];
  readonly samples: Sample[];
  readonly histograms: NativeHistogram[];
  readonly exemplars: ExemplarFields[];
  readonly metadata: MetadataFields;
}

interface ExemplarFields {
  readonly labelsRefs: readonly number[];
  readonly value: number;
  readonly timestamp: number;
}

export interface MetadataFields {
  type: number;
  helpRef: number;
  unitRef: number;
}

export function readTimeSeries(reader: ByteReader): TimeSeriesFields {
  const labelsRefs: number[] = [];
  const samples: Sample[] = [];
  const histograms: NativeHistogram[] = [];
  const exemplars: ExemplarFields[] = [];
  const metadata = { type: 0, helpRef: 0, unitRef: 0 };
  readMessage(reader, (tag) => {
    if (tag === 0x08 || tag === 0x0a) readRepeated(reader, tag, readUnsigned, labelsRefs);
    else if (tag === 0x12) samples.push(readSample(reader));
    else if (tag === 0x1a) histograms.push(readHistogram(reader));
    else if (tag === 0x22) exemplars.push(readExemplar(reader));
    else if (tag === 0x2a) readMetadata(reader, metadata);
    else return false;
    return true;
  });
  return { labelsRefs, samples, histograms, exemplars, metadata };
}

function readSample(reader: ByteReader): Sample {
  let value = 0;
  let stale = false;
  let timestamp = 0;
  let startTimestamp = 0;
  readMessage(reader, (tag) => {
    if (tag === 0x09) {
      value = readDouble(reader);
      stale = isStaleMarkerAt(reader, reader.position - 8);
    } else if (tag === 0x10) timestamp = readInt64(reader);
    else if (tag === 0x18) startTimestamp = readInt64(reader);
    else return false;
    return true;
  });
  return { value, timestamp, startTimestamp, stale };
}

function readExemplar(reader: ByteReader): ExemplarFields {
  const labelsRefs: number[] = [];
  let value = 0;
  let timestamp = 0;
  readMessage(reader, (tag) => {
    if (tag === 0x08 || tag === 0x0a) readRepeated(reader, tag, readUnsigned, labelsRefs);
    else if (tag === 0x11) value = readDouble(reader);
    else if (tag === 0x18) timestamp = readInt64(reader);
    else return false;
    return true;
  });
  return { labelsRefs, value, timestamp };
}

function readMetadata(reader: ByteReader, metadata: MetadataFields): void {
  readMessage(reader, (tag) => {
    if (tag === 0x08) metadata.type = readUnsigned(reader);
    else if (tag === 0x18) metadata.helpRef = readUnsigned(reader);
    else if (tag === 0x20) metadata.unitRef = readUnsigned(reader);
    else return false;
    return true;
  });
}
