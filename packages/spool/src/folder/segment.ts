import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { decodeHeader, headerBytes } from "../record/record-header.js";

/** A file of records, one after another. */
export interface Segment {
  readonly number: number;
  readonly path: string;
  /** Of whole records; of a dead process' file all, where the last record may be cut off. */
  bytes: number;
  /** When the last record was appended, in milliseconds since the epoch, about. */
  lastMillis: number;
  /** How many points were appended to the folder before its first record; undefined: not looked up yet. */
  pointsBefore: number | undefined;
  /** Whether something in it could not be read. */
  isDamaged: boolean;
}

const namePattern = /^(\d{10})\.segment$/;

export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(10, "0")}.segment`);
}

/** The oldest first. */
export function listSegments(folder: string): Segment[] {
  const segments: Segment[] = [];
  for (const name of readdirSync(folder).toSorted()) {
    const number = namePattern.exec(name)?.[1];
    if (number === undefined) continue;
    const path = join(folder, name);
    const { size, mtimeMs } = statSync(path);
    segments.push({
      number: Number(number),
      path,
      bytes: size,
      lastMillis: mtimeMs,
      pointsBefore: undefined,
      isDamaged: false,
    });
  }
  return segments;
}

/** How many points were appended to the folder before a segment's first record; undefined where that cannot be read. */
export function pointsBeforeSegment(segment: Segment): number | undefined {
  if (segment.pointsBefore !== undefined) return segment.pointsBefore;
  const bytes = Buffer.alloc(headerBytes);
  try {
    const file = openSync(segment.path, "r");
    try {
      readSync(file, bytes, 0, headerBytes, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
  segment.pointsBefore = decodeHeader(bytes)?.pointsBefore;
  return segment.pointsBefore;
}
