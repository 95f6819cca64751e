import type { BucketSpan, NativeHistogram } from "../model/index.js";
import type { ByteWriter } from "./byte-writer.js";
import {
  unsignedFieldSize,
  writeDoubleField,
  writeInt64Field,
  writeLengthTag,
  writePackedDoubles,
  writePackedZigzag,
  writeStaleField,
  writeUnsignedField,
  writeUnsignedMember,
  writeZigzagField,
  zigzagFieldSize,
} from "./field.js";

// Histogram has the same numbers in both messages; only 2.0 has start_timestamp (17). The reset hint stays UNKNOWN
// (T17, T18), which is 0 and so not written.

/** `startTimestamp` is 0 where 1.0 is written, or where it is not known. */
export function writeNativeHistogram(
  writer: ByteWriter,
  histogram: NativeHistogram,
  startTimestamp: number,
): void {
  writeUnsignedMember(writer, 1, histogram.count);
  if (histogram.stale === true) writeStaleField(writer, 3);
  else writeDoubleField(writer, 3, histogram.sum);
  writeZigzagField(writer, 4, histogram.schema);
  writeDoubleField(writer, 5, histogram.zeroThreshold);
  writeUnsignedMember(writer, 6, histogram.zeroCount);
  writeSpans(writer, 8, histogram.negativeSpans);
  writePackedZigzag(writer, 9, histogram.negativeDeltas);
  writeSpans(writer, 11, histogram.positiveSpans);
  writePackedZigzag(writer, 12, histogram.positiveDeltas);
  writeInt64Field(writer, 15, histogram.timestamp);
  writePackedDoubles(writer, 16, histogram.customValues ?? []);
  writeInt64Field(writer, 17, startTimestamp);
}

function spanSize(span: BucketSpan): number {
  return zigzagFieldSize(1, span.offset) + unsignedFieldSize(2, span.length);
}

function writeSpans(writer: ByteWriter, number: number, spans: readonly BucketSpan[]): void {
  for (const span of spans) {
    writeLengthTag(writer, number, spanSize(span));
    writeZigzagField(writer, 1, span.offset);
    writeUnsignedField(writer, 2, span.length);
  }
}
