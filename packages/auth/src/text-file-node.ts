import { type BigIntStats, closeSync, openSync, readSync, statSync } from "node:fs";
import { open, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { CreateTextFile, TextFileContent } from "./text-file.js";

const defaultMaxBytes = 64 * 1024;

/**
 * How long after a change a file is read every time. File systems keep times in steps of up to two seconds, so a second
 * change within one step leaves no trace.
 */
const settlingMillis = 2000;

const problems: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EACCES: "may not be read by this process",
  EPERM: "may not be read by this process",
  ELOOP: "is a circle of symbolic links",
};

/** Reads from the file system, and only if the file has changed since the last time. */
export const createTextFile: CreateTextFile = (path, maxBytes = defaultMaxBytes) => {
  // Here and not when reading: the process may change its working directory.
  const absolutePath = resolve(path);
  let cached: { readonly version: string; readonly text: string } | undefined;

  /** What can be said without opening the file. */
  function known(status: BigIntStats): TextFileContent | undefined {
    if (status.isDirectory()) return { problem: "is a directory" };
    // Opening a pipe would wait for a writer.
    if (!status.isFile()) return { problem: "is not a regular file" };
    return cached !== undefined && cached.version === versionOf(status) ? cached : undefined;
  }

  function toContent(status: BigIntStats, bytes: Uint8Array | undefined): TextFileContent {
    if (bytes === undefined) return { problem: `is larger than ${maxBytes / 1024} KiB` };
    const text = decode(bytes);
    if (text === undefined) return { problem: "is not UTF-8 text" };
    // The version is older than the text, never newer, so that a change in between is found the next time.
    const version = versionOf(status);
    cached = version === undefined ? undefined : { version, text };
    return { text };
  }

  return {
    path: absolutePath,
    async read() {
      try {
        const status = await stat(absolutePath, { bigint: true });
        return known(status) ?? toContent(status, await readBytes(absolutePath, maxBytes));
      } catch (error) {
        return { problem: problemOf(error) };
      }
    },
    readSync() {
      try {
        const status = statSync(absolutePath, { bigint: true });
        return known(status) ?? toContent(status, readBytesSync(absolutePath, maxBytes));
      } catch (error) {
        return { problem: problemOf(error) };
      }
    },
  };
};

/** Whatever changes with the file, or `undefined` when it has changed so lately that this is not sure. */
function versionOf({ dev, ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs }: BigIntStats): string | undefined {
  const age = Date.now() - Math.max(Number(mtimeMs), Number(ctimeMs));
  return age > settlingMillis ? [dev, ino, size, mtimeNs, ctimeNs].join(" ") : undefined;
}

/** The content, or `undefined` when it is too large. The size is not asked for beforehand: some files have none. */
async function readBytes(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(maxBytes + 1);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

function readBytesSync(path: string, maxBytes: number): Uint8Array | undefined {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(maxBytes + 1);
    let length = 0;
    while (length < bytes.length) {
      const bytesRead = readSync(file, bytes, { offset: length });
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
    }
    return undefined;
  } finally {
    closeSync(file);
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function problemOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  return problems[code] ?? `cannot be read (${code})`;
}
