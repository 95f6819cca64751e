import { accessSync, constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { findHeader } from "../record/find-header.js";
import { decodeHeader, headerBytes, pointsOf, type RecordHeader } from "../record/record-header.js";
import type { SpoolRecord } from "../spool.js";
import { acknowledge, type FolderState, isNothingOutstanding } from "./folder-state.js";
import { countPoints } from "./count-points.js";
import type { Position } from "./progress-file.js";
import type { Segment } from "./segment.js";

/** A record, and the place behind it. */
export interface ReadRecord {
  readonly record: SpoolRecord;
  readonly position: Position;
}

export interface FolderReader {
  /** Finds out how much there is, before anything is read. */
  prepare(): Promise<void>;
  /** The next records of one `append`, none where all are read. @param oldestMillis what is older is dropped */
  read(oldestMillis: number): Promise<ReadRecord[]>;
  close(): Promise<void>;
}

/** What is read at a time, of records that belong together; one record is read in any case. */
const maxReadBytes = 8 * 1024 * 1024;

export function createFolderReader(state: FolderState): FolderReader {
  const { events } = state;
  let opened: { readonly segment: Segment; readonly file: FileHandle } | undefined;

  async function close(): Promise<void> {
    const closing = opened;
    opened = undefined;
    await closing?.file.close();
  }

  async function fileOf(segment: Segment): Promise<FileHandle> {
    if (opened?.segment === segment) return opened.file;
    await close();
    const file = await open(segment.path, "r");
    opened = { segment, file };
    return file;
  }

  /** The segment that is to be read next, with the cursor in it. */
  function currentSegment(): Segment | undefined {
    for (const segment of state.segments) {
      if (segment.number < state.cursor.segment) continue;
      if (segment.number > state.cursor.segment) {
        state.cursor = { segment: segment.number, offset: 0, points: state.cursor.points };
      }
      if (state.cursor.offset < segment.bytes) return segment;
    }
    return undefined;
  }

  async function readBytes(segment: Segment, offset: number, length: number): Promise<Buffer> {
    const file = await fileOf(segment);
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, segment.bytes - offset)));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  function drop(reason: string, points: number, detail: string): void {
    if (points > 0) events.onDrop(reason, points, detail);
  }

  /** Goes on at the next record that looks whole; what was lost is known by its header. */
  async function skipBroken(segment: Segment): Promise<void> {
    const { cursor } = state;
    const next = await findHeader(await fileOf(segment), cursor.offset + 1, segment.bytes);
    if (state.cursor !== cursor) return;
    const isLast = segment === state.segments.at(-1) && segment !== state.writing;
    state.cursor = { ...cursor, offset: next ?? segment.bytes };
    if (next === undefined && isLast) {
      events.onWarning(
        "spool_torn",
        `the last record of ${segment.path} is half-written, as the process died; it was never accepted`,
      );
      return;
    }
    segment.isDamaged = true;
    events.onWarning("spool_damaged", `${segment.path} is damaged at byte ${cursor.offset}; it is set aside`);
  }

  function noticeGap({ pointsBefore }: RecordHeader): void {
    const { cursor } = state;
    if (cursor.points === pointsBefore) return;
    drop("spool_corrupt", pointsBefore - cursor.points, `they were lost in ${state.path}`);
    state.cursor = { ...cursor, points: pointsBefore };
  }

  /** The record at the cursor, or undefined where it was passed over. */
  async function readRecord(
    segment: Segment,
    header: RecordHeader,
    oldestMillis: number,
  ): Promise<ReadRecord | undefined> {
    const { cursor } = state;
    const { samples, histograms, exemplars, acceptedMillis, messageBytes } = header;
    const position = {
      segment: segment.number,
      offset: cursor.offset + headerBytes + messageBytes,
      points: header.pointsBefore + pointsOf(header),
    };
    if (acceptedMillis < oldestMillis) {
      state.cursor = position;
      drop("too_old", pointsOf(header), "they waited in the spool for longer than its maxAgeMillis");
      return undefined;
    }
    const message = await readBytes(segment, cursor.offset + headerBytes, messageBytes);
    // The oldest segment was dropped in the meantime.
    if (state.cursor !== cursor) return undefined;
    state.cursor = position;
    if (crc32(message) === header.messageChecksum) {
      return { record: { message, counts: { samples, histograms, exemplars }, acceptedMillis }, position };
    }
    segment.isDamaged = true;
    drop("spool_corrupt", pointsOf(header), `a record of ${segment.path} is damaged; the file is set aside`);
    return undefined;
  }

  /** The header at the cursor, undefined where there is none of a whole record. */
  async function headerAtCursor(segment: Segment): Promise<RecordHeader | undefined> {
    const { offset } = state.cursor;
    const header = decodeHeader(await readBytes(segment, offset, headerBytes));
    const isWhole = header !== undefined && offset + headerBytes + header.messageBytes <= segment.bytes;
    return isWhole ? header : undefined;
  }

  /** Reads at the cursor: a record, undefined where it was passed over, false where the next `append` begins. */
  async function readNext(
    segment: Segment,
    oldestMillis: number,
    bytesBefore: number,
  ): Promise<ReadRecord | undefined | false> {
    const { cursor } = state;
    const header = await headerAtCursor(segment);
    if (state.cursor !== cursor) return undefined;
    if (header === undefined) {
      await skipBroken(segment);
      return undefined;
    }
    const isNextGroup = header.isFirst || bytesBefore + header.messageBytes > maxReadBytes;
    if (bytesBefore > 0 && isNextGroup) return false;
    noticeGap(header);
    return await readRecord(segment, header, oldestMillis);
  }

  /** A file that cannot be read is passed over; what it held is told by what comes behind it. */
  function passOver(segment: Segment, error: unknown): void {
    if (!isLost(state.path, error)) throw error;
    events.onWarning("spool_unreadable", `${segment.path} cannot be read: ${String(error)}`);
    segment.isDamaged = true;
    state.cursor = { ...state.cursor, segment: segment.number, offset: segment.bytes };
  }

  /** Everything is read: what should have been there and was not is lost. */
  function noticeEnd(): void {
    const { cursor, points } = state;
    if (!(points > cursor.points)) return;
    drop("spool_corrupt", points - cursor.points, `they were lost in ${state.path}`);
    state.cursor = { ...cursor, points };
  }

  return {
    async prepare() {
      if (Number.isNaN(state.points)) state.points = await countPoints(state);
    },
    async read(oldestMillis) {
      const records: ReadRecord[] = [];
      let bytes = 0;
      for (let segment = currentSegment(); segment !== undefined; segment = currentSegment()) {
        const before = state.cursor;
        let record: ReadRecord | undefined | false;
        try {
          record = await readNext(segment, oldestMillis, bytes);
        } catch (error) {
          if (records.length > 0) break;
          passOver(segment, error);
        }
        if (record === false) break;
        if (record === undefined) continue;
        // What was passed over before it is done with.
        if (records.length === 0 && isNothingOutstanding(state)) acknowledge(state, before);
        bytes += record.record.message.byteLength;
        records.push(record);
        state.delivered = record.position;
      }
      if (records.length === 0) {
        // At once: what is appended from now on is not lost.
        noticeEnd();
        // A file that is removed meanwhile would keep its place on the disk.
        await close();
        if (isNothingOutstanding(state)) acknowledge(state, state.cursor);
      }
      return records;
    },
    close,
  };
}

/** Whether a failure to read a file will stay: other files of the folder can be used. */
function isLost(folder: string, error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "EIO" || code === "EISDIR") return true;
  if (code !== "EACCES" && code !== "EPERM") return false;
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
