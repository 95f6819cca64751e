import { crc32 } from "node:zlib";
import type { SpoolRecord } from "../spool.js";

/** What stands before a record's message. */
export interface RecordHeader {
  readonly messageBytes: number;
  readonly messageChecksum: number;
  readonly acceptedMillis: number;
  readonly samples: number;
  readonly histograms: number;
  readonly exemplars: number;
  /** Whether it is the first of an `append`. */
  readonly isFirst: boolean;
  /** How many points were appended to the folder before it: a gap to the record before tells how many are lost. */
  readonly pointsBefore: number;
}

export const headerBytes = 48;
/** "ORW" and the version of the format. Nothing else is looked for where a record before was broken. */
export const magic: Buffer = Buffer.from("ORW\x01", "latin1");

export function encodeHeader(
  { message, counts, acceptedMillis }: SpoolRecord,
  isFirst: boolean,
  pointsBefore: number,
): Buffer {
  const header = Buffer.alloc(headerBytes);
  magic.copy(header);
  header.writeUInt32LE(message.byteLength, 8);
  header.writeUInt32LE(crc32(message), 12);
  header.writeDoubleLE(acceptedMillis, 16);
  header.writeUInt32LE(counts.samples, 24);
  header.writeUInt32LE(counts.histograms, 28);
  header.writeUInt32LE(counts.exemplars, 32);
  header.writeUInt32LE(isFirst ? 1 : 0, 36);
  header.writeDoubleLE(pointsBefore, 40);
  header.writeUInt32LE(crc32(header.subarray(8)), 4);
  return header;
}

/** Undefined where these bytes are no header. */
export function decodeHeader(bytes: Buffer): RecordHeader | undefined {
  if (bytes.length < headerBytes || magic.compare(bytes, 0, magic.length) !== 0) return undefined;
  if (crc32(bytes.subarray(8, headerBytes)) !== bytes.readUInt32LE(4)) return undefined;
  return {
    messageBytes: bytes.readUInt32LE(8),
    messageChecksum: bytes.readUInt32LE(12),
    acceptedMillis: bytes.readDoubleLE(16),
    samples: bytes.readUInt32LE(24),
    histograms: bytes.readUInt32LE(28),
    exemplars: bytes.readUInt32LE(32),
    isFirst: bytes.readUInt32LE(36) === 1,
    pointsBefore: bytes.readDoubleLE(40),
  };
}

export function pointsOf({ samples, histograms }: Pick<RecordHeader, "samples" | "histograms">): number {
  return samples + histograms;
}
