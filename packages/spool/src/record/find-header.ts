import type { FileHandle } from "node:fs/promises";
import { decodeHeader, headerBytes, magic } from "./record-header.js";

const chunkBytes = 1 << 20;

/** Finds where the next record begins that looks whole, from an offset on; undefined: there is none. */
export async function findHeader(file: FileHandle, from: number, end: number): Promise<number | undefined> {
  const chunk = Buffer.alloc(Math.min(chunkBytes, Math.max(end - from, 0)));
  let offset = from;
  while (end - offset >= headerBytes) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, end - offset), offset);
    const bytes = chunk.subarray(0, bytesRead);
    if (bytesRead < headerBytes) return undefined;
    for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) {
      if (decodeHeader(bytes.subarray(at, at + headerBytes)) !== undefined) return offset + at;
    }
    // What may begin at the end of this chunk is looked at again.
    offset += bytesRead - headerBytes + 1;
  }
  return undefined;
}
