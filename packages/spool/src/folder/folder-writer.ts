import { closeSync, fdatasync, fstatSync, fsyncSync, ftruncateSync, openSync, writevSync } from "node:fs";
import { promisify } from "node:util";
import { encodeHeader, headerBytes, pointsOf } from "../record/record-header.js";
import type { SpoolRecord } from "../spool.js";
import type { FolderState } from "./folder-state.js";
import { type Segment, segmentPath } from "./segment.js";

/** Appends to a folder of our own. */
export interface FolderWriter {
  /** Appends records, all or none. @throws {Error} of the file system */
  append(records: readonly SpoolRecord[]): void;
  /** Resolves when what was appended would survive a power loss. */
  sync(): Promise<void>;
  /** False where the file was taken away: then nobody would find what is written to it. */
  isThere(): boolean;
  close(): void;
}

const datasync = promisify(fdatasync);
/** What one call may be given, by POSIX. */
const maxBuffers = 1024;

export function createFolderWriter(
  state: FolderState,
  segmentBytes: number,
  syncWrites: boolean,
): FolderWriter {
  let file: number | undefined;

  let syncing: Promise<unknown> = Promise.resolve();

  function closeFile(): void {
    const closing = file;
    file = undefined;
    state.writing = undefined;
    if (closing === undefined) return;
    if (syncWrites) void syncing.finally(() => closeSync(closing));
    else closeSync(closing);
  }

  function openSegment(): Segment {
    const number = Math.max(state.segments.at(-1)?.number ?? 0, state.acknowledged.segment) + 1;
    const path = segmentPath(state.path, number);
    file = openSync(path, "wx", 0o600);
    const segment = { number, path, bytes: 0, lastMillis: 0, pointsBefore: state.points, isDamaged: false };
    state.segments.push(segment);
    state.writing = segment;
    if (syncWrites) syncFolder(state.path);
    return segment;
  }

  function segmentFor(bytes: number): Segment {
    const { writing } = state;
    if (writing !== undefined && (writing.bytes === 0 || writing.bytes + bytes <= segmentBytes))
      return writing;
    closeFile();
    return openSegment();
  }

  return {
    append(records) {
      const buffers: Uint8Array[] = [];
      let { points } = state;
      for (const [i, record] of records.entries()) {
        buffers.push(encodeHeader(record, i === 0, points), record.message);
        points += pointsOf(record.counts);
      }
      const bytes = recordBytes(records);
      const segment = segmentFor(bytes);
      if (file === undefined) return;
      try {
        writeAll(file, buffers, segment.bytes);
      } catch (error) {
        abandonTail(file, segment.bytes);
        throw error;
      }
      segment.bytes += bytes;
      segment.lastMillis = records.at(-1)?.acceptedMillis ?? 0;
      state.points = points;
    },
    async sync() {
      if (file === undefined) return;
      const current = datasync(file);
      syncing = Promise.allSettled([syncing, current]);
      await current;
    },
    isThere: () => file === undefined || fstatSync(file).nlink > 0,
    close: closeFile,
  };
}

/** What records take in a file. */
export function recordBytes(records: readonly SpoolRecord[]): number {
  let bytes = 0;
  for (const { message } of records) bytes += headerBytes + message.byteLength;
  return bytes;
}

function writeAll(file: number, buffers: readonly Uint8Array[], start: number): void {
  let position = start;
  let rest = buffers;
  while (rest.length > 0) {
    const part = rest.slice(0, maxBuffers);
    let written = writevSync(file, part, position);
    if (written === 0) throw new Error("nothing could be written");
    position += written;
    const left: Uint8Array[] = [];
    for (const buffer of part) {
      const done = Math.min(written, buffer.byteLength);
      written -= done;
      if (done < buffer.byteLength) left.push(buffer.subarray(done));
    }
    rest = [...left, ...rest.slice(maxBuffers)];
  }
}

/** A half-written record is taken back, so that what comes next stands where it is looked for. */
function abandonTail(file: number, bytes: number): void {
  try {
    ftruncateSync(file, bytes);
  } catch {
    // It is overwritten by the next record.
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
