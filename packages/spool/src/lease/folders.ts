import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { makeDirectory } from "../make-directory.js";
import { type Lease, takeLease } from "./lease.js";

/** A folder, and that it is ours. */
export interface LeasedFolder {
  readonly path: string;
  readonly lease: Lease;
}

/** Numbers tell which folder was created before which, without a clock; two at once may have the same. */
const namePattern = /^(\d{10})-[0-9a-f]{8}$/;
/** A folder is lost to somebody who takes it for a dead process' one in the moment before it is ours: then another. */
const maxAttempts = 10;

/** The folders of all processes, in the order in which they were created. */
export function folderNames(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => namePattern.test(name))
    .toSorted();
}

/** @throws {Error} where the directory cannot be used */
export function createOwnFolder(directory: string): LeasedFolder {
  makeDirectory(directory);
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const last = Number(namePattern.exec(folderNames(directory).at(-1) ?? "")?.[1] ?? 0);
    const name = `${String(last + 1).padStart(10, "0")}-${randomBytes(4).toString("hex")}`;
    const path = join(directory, name);
    mkdirSync(path, { mode: 0o700 });
    const lease = takeLease(path);
    if (lease !== undefined) return { path, lease };
  }
  throw new Error(`createSpool: no folder in ${directory} could be locked`);
}
