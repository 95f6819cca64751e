import { rmdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type Lease, leaseFiles } from "../lease/lease.js";
import type { SpoolEvents } from "../spool.js";
import { removeFile } from "./damaged-files.js";
import { createFolderReader, type FolderReader } from "./folder-reader.js";
import { createFolderState, type FolderState, progressName } from "./folder-state.js";

/** A folder whose lease we hold: our own one, or that of a process that died. */
export interface SpoolFolder {
  readonly name: string;
  readonly path: string;
  readonly state: FolderState;
  readonly reader: FolderReader;
  readonly lease: Lease;
}

/** @throws {Error} where the folder cannot be read */
export function openFolder(path: string, lease: Lease, events: SpoolEvents): SpoolFolder {
  const state = createFolderState(path, events);
  return { name: basename(path), path, state, reader: createFolderReader(state), lease };
}

/** Whether everything that was appended is done with. */
export function isDone({ state: { segments, acknowledged } }: SpoolFolder): boolean {
  const last = segments.at(-1);
  return last === undefined || (acknowledged.segment === last.number && acknowledged.offset >= last.bytes);
}

/** Points that are not done with. */
export function pointsIn({ state: { points, acknowledged } }: SpoolFolder): number {
  const left = points - acknowledged.points;
  return Number.isNaN(left) ? 0 : Math.max(0, left);
}

export function bytesIn({ state: { segments } }: SpoolFolder): number {
  let sum = 0;
  for (const { bytes } of segments) sum += bytes;
  return sum;
}

/** Lets go of a folder, and removes it if nothing is left to be sent. */
export async function closeFolder(folder: SpoolFolder): Promise<void> {
  const { path, state, reader, lease } = folder;
  await reader.close();
  state.progress.close();
  if (isDone(folder)) removeFolder(path, state);
  lease.release();
}

/** Under the lease, so that nobody begins to use it meanwhile. */
function removeFolder(path: string, { segments }: FolderState): void {
  for (const segment of segments) removeFile(segment.path);
  for (const name of [progressName, ...leaseFiles]) removeFile(join(path, name));
  try {
    rmdirSync(path);
  } catch {
    // Something of somebody else's is in it, or it is gone already.
  }
}
