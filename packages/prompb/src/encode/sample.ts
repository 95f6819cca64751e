import type { ByteWriter } from "./byte-writer.js";
import {
  doubleFieldSize,
  int64FieldSize,
  staleFieldSize,
  writeDoubleField,
  writeInt64Field,
  writeStaleField,
} from "./field.js";

// Sample has the same numbers in both messages: value 1, timestamp 2; and in 2.0 also start_timestamp 3, which is 0
// here where 1.0 is written (TR20).

export function sampleSize(value: number, stale: boolean, timestamp: number, startTimestamp: number): number {
  return (
    (stale ? staleFieldSize(1) : doubleFieldSize(1, value)) +
    int64FieldSize(2, timestamp) +
    int64FieldSize(3, startTimestamp)
  );
}

export function writeSample(
  writer: ByteWriter,
  value: number,
  stale: boolean,
  timestamp: number,
  startTimestamp: number,
): void {
  if (stale) writeStaleField(writer, 1);
  else writeDoubleField(writer, 1, value);
  writeInt64Field(writer, 2, timestamp);
  writeInt64Field(writer, 3, startTimestamp);
}
