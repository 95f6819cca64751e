import { open } from "node:fs/promises";
import { findHeader } from "../record/find-header.js";
import { decodeHeader, headerBytes, pointsOf } from "../record/record-header.js";
import type { FolderState } from "./folder-state.js";
import type { Segment } from "./segment.js";

/** How many points were appended to a dead process' folder: the last record that can be found tells. */
export async function countPoints({ segments, cursor }: FolderState): Promise<number> {
  for (const segment of segments.toReversed()) {
    try {
      const points = await pointsBehind(segment);
      if (points !== undefined) return points;
    } catch {
      // The one before it tells less, but something.
    }
  }
  return cursor.points;
}

async function pointsBehind(segment: Segment): Promise<number | undefined> {
  const file = await open(segment.path, "r");
  try {
    const header = Buffer.alloc(headerBytes);
    let points: number | undefined;
    let offset: number | undefined = 0;
    while (offset !== undefined && offset + headerBytes <= segment.bytes) {
      await file.read(header, 0, headerBytes, offset);
      const record = decodeHeader(header);
      const end: number = record === undefined ? Infinity : offset + headerBytes + record.messageBytes;
      if (record === undefined || end > segment.bytes) {
        offset = await findHeader(file, offset + 1, segment.bytes);
      } else {
        points = record.pointsBefore + pointsOf(record);
        offset = end;
      }
    }
    return points;
  } finally {
    await file.close();
  }
}
