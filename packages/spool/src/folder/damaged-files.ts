import { readdirSync, renameSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeDirectory } from "../make-directory.js";

/** How many are kept. */
const maxFiles = 2;

/** Where segments go in which something could not be read: below the spool's directory. */
const damagedFolder = "damaged";

/** Sets a segment aside for a look at it, and removes the oldest of those set aside before. Throws nothing. */
export function setAside(segmentPath: string): void {
  const folder = dirname(segmentPath);
  const aside = join(dirname(folder), damagedFolder);
  try {
    makeDirectory(aside);
    renameSync(segmentPath, join(aside, `${basename(folder)}-${basename(segmentPath)}`));
    for (const name of readdirSync(aside).toSorted().slice(0, -maxFiles)) unlinkSync(join(aside, name));
  } catch {
    removeFile(segmentPath);
  }
}

/** Removes a file, if it is there and can be. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone already, or the next process tries again.
  }
}
