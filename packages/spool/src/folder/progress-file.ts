import { closeSync, constants, openSync, readFileSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";

/** A place in a folder between two records. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
  /** How many points the records before it have. NaN: not known. */
  readonly points: number;
}

const fileBytes = 32;

/** Keeps up to where records are acknowledged: a few bytes that are overwritten. */
export interface ProgressFile {
  write(position: Position): void;
  close(): void;
}

export function createProgressFile(path: string): ProgressFile {
  let file: number | undefined;
  return {
    write({ segment, offset, points }) {
      const bytes = Buffer.alloc(fileBytes);
      bytes.writeDoubleLE(segment, 8);
      bytes.writeDoubleLE(offset, 16);
      bytes.writeDoubleLE(points, 24);
      bytes.writeUInt32LE(crc32(bytes.subarray(8)), 0);
      // Not truncated first: a process that is killed in between would forget everything.
      file ??= openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600);
      writeSync(file, bytes, 0, fileBytes, 0);
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/** Undefined where there is none, or a broken one: then everything is sent again. */
export function readProgress(path: string): Position | undefined {
  try {
    const bytes = readFileSync(path);
    if (bytes.length !== fileBytes || crc32(bytes.subarray(8)) !== bytes.readUInt32LE(0)) return undefined;
    return {
      segment: bytes.readDoubleLE(8),
      offset: bytes.readDoubleLE(16),
      points: bytes.readDoubleLE(24),
    };
  } catch {
    return undefined;
  }
}

export function isBefore(a: Position, b: Position): boolean {
  return a.segment === b.segment ? a.offset < b.offset : a.segment < b.segment;
}
