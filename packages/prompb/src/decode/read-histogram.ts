import type { BucketSpan, NativeHistogram } from "../model/index.js";
import {
  type ByteReader,
  isStaleMarkerAt,
  malformed,
  readDouble,
  readInt64,
  readUnsigned,
  readZigzag,
} from "./byte-reader.js";
import { readMessage, readRepeated } from "./fields.js";

/** Reads a Histogram of the integer flavour; the other one is nothing that a Round can hold. */
export function readHistogram(reader: ByteReader): NativeHistogram {
  let count = 0;
  let sum = 0;
  let stale: true | undefined;
  let schema = 0;
  let zeroThreshold = 0;
  let zeroCount = 0;
  let timestamp = 0;
  let startTimestamp = 0;
  const negativeSpans: BucketSpan[] = [];
  const negativeDeltas: number[] = [];
  const positiveSpans: BucketSpan[] = [];
  const positiveDeltas: number[] = [];
  const customValues: number[] = [];
  readMessage(reader, (tag) => {
    switch (tag) {
      case 0x08:
        count = readUnsigned(reader);
        return true;
      case 0x19:
        sum = readDouble(reader);
        if (isStaleMarkerAt(reader, reader.position - 8)) stale = true;
        return true;
      case 0x20:
        schema = readZigzag(reader);
        return true;
      case 0x29:
        zeroThreshold = readDouble(reader);
        return true;
      case 0x30:
        zeroCount = readUnsigned(reader);
        return true;
      case 0x42:
        negativeSpans.push(readSpan(reader));
        return true;
      case 0x48:
      case 0x4a:
        readRepeated(reader, tag, readZigzag, negativeDeltas);
        return true;
      case 0x5a:
        positiveSpans.push(readSpan(reader));
        return true;
      case 0x60:
      case 0x62:
        readRepeated(reader, tag, readZigzag, positiveDeltas);
        return true;
      case 0x78:
        timestamp = readInt64(reader);
        return true;
      case 0x81:
      case 0x82:
        readRepeated(reader, tag, readDouble, customValues);
        return true;
      case 0x88:
        startTimestamp = readInt64(reader);
        return true;
      // count_float, zero_count_float, negative_counts, positive_counts.
      case 0x11:
      case 0x39:
      case 0x51:
      case 0x52:
      case 0x69:
      case 0x6a:
        throw malformed("a histogram has counts with fractions");
      default:
        return false;
    }
  });
  return {
    count,
    sum: stale === true ? NaN : sum,
    schema,
    zeroThreshold,
    zeroCount,
    positiveSpans,
    positiveDeltas,
    negativeSpans,
    negativeDeltas,
    timestamp,
    ...(customValues.length > 0 && { customValues }),
    ...(startTimestamp !== 0 && { startTimestamp }),
    ...(stale !== undefined && { stale }),
  };
}

function readSpan(reader: ByteReader): BucketSpan {
  let offset = 0;
  let length = 0;
  readMessage(reader, (tag) => {
    if (tag === 0x08) offset = readZigzag(reader);
    else if (tag === 0x10) length = readUnsigned(reader);
    else return false;
    return true;
  });
  return { offset, length };
}
