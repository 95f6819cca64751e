import { existsSync } from "node:fs";
import type { ReadRecord } from "./folder/folder-reader.js";
import {
  bytesIn,
  closeFolder,
  isDone,
  openFolder,
  pointsIn,
  type SpoolFolder,
} from "./folder/spool-folder.js";
import { acknowledge, dropOldestSegment } from "./folder/folder-state.js";
import { createFolderWriter, type FolderWriter, recordBytes } from "./folder/folder-writer.js";
import type { Position } from "./folder/progress-file.js";
import { createOwnFolder, type LeasedFolder } from "./lease/folders.js";
import { createTakeOver } from "./lease/take-over.js";
import type { ResolvedSpoolOptions } from "./options.js";
import type { Spool, SpoolEvents, SpoolRecord } from "./spool.js";

/** Time, so that tests can set it. */
export interface SpoolClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that is never set. */
  readonly monotonic: () => number;
}

/** The largest segment. Small ones are gone soon after they are sent, mostly before the disk has seen them. */
const largestSegmentBytes = 8 * 1024 * 1024;
/** A file whose records are all done with is used on up to here; a larger one is removed, and its place on the disk free. */
const reusedBytes = 256 * 1024;
/** What fits into the limit at least, so that little is dropped at a time. */
const segmentsWithinLimit = 16;

/** @throws {Error} where the directory cannot be used */
export function openSpool(options: ResolvedSpoolOptions, clock: SpoolClock): Spool {
  const { directory, maxBytes, maxAgeMillis, syncWrites } = options;
  const segmentBytes = Math.ceil(Math.min(largestSegmentBytes, maxBytes / segmentsWithinLimit));
  let first: LeasedFolder | undefined = createOwnFolder(directory);
  let events: SpoolEvents | undefined;
  let own: { readonly folder: SpoolFolder; readonly writer: FolderWriter } | undefined;
  /** Ours and those taken over, in the order in which they are read. */
  let folders: SpoolFolder[] = [];
  const places = new WeakMap<SpoolRecord, { readonly folder: SpoolFolder; readonly position: Position }>();
  const takeOver = createTakeOver(directory, clock.monotonic);
  let reading: Promise<unknown> = Promise.resolve();
  let closed = false;

  function opened(): SpoolEvents {
    if (events === undefined) throw new Error("spool: open() comes first");
    return events;
  }

  function addFolder({ path, lease }: LeasedFolder): SpoolFolder {
    const folder = openFolder(path, lease, opened());
    folders = [...folders, folder].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return folder;
  }

  async function removeFolder(folder: SpoolFolder): Promise<void> {
    folders = folders.filter((each) => each !== folder);
    await closeFolder(folder);
  }

  /** A folder of our own that is still there; another one, where somebody removed it. */
  function ownFolder(): NonNullable<typeof own> {
    if (own !== undefined) {
      if (own.folder.lease.isHeld() && own.writer.isThere()) return own;
      giveUpOwn(own);
    }
    const leased = first ?? createOwnFolder(directory);
    first = undefined;
    const folder = addFolder(leased);
    own = { folder, writer: createFolderWriter(folder.state, segmentBytes, syncWrites) };
    return own;
  }

  function giveUpOwn({ folder, writer }: NonNullable<typeof own>): void {
    own = undefined;
    const { cursor, points } = folder.state;
    // With only the lease gone, the folder is taken over as a dead process' one.
    const lost = writer.isThere() && existsSync(folder.path) ? 0 : points - cursor.points;
    writer.close();
    void removeFolder(folder);
    if (lost > 0) opened().onDrop("spool_deleted", lost, `somebody removed ${folder.path}`);
    else
      opened().onWarning(
        "spool_deleted",
        `${folder.path} was removed, or may not be used; another one is created`,
      );
  }

  function takeOverDead(): void {
    for (const leased of takeOver(folders, opened())) {
      try {
        addFolder(leased);
      } catch (error) {
        leased.lease.release();
        opened().onWarning("spool_take_over", `${leased.path} cannot be read: ${String(error)}`);
      }
    }
  }

  function totalBytes(): number {
    let sum = 0;
    for (const folder of folders) sum += bytesIn(folder);
    return sum;
  }

  /** Drops the oldest segments as long as they are too old, or as there is no room. */
  function makeRoom(bytes: number): void {
    const oldestMillis = clock.now() - maxAgeMillis;
    for (const folder of folders) {
      for (let oldest = folder.state.segments[0]; oldest !== undefined; oldest = folder.state.segments[0]) {
        const isFull = totalBytes() + bytes > maxBytes;
        if (!isFull && oldest.lastMillis >= oldestMillis) break;
        if (oldest === folder.state.writing) own?.writer.close();
        const points = dropOldestSegment(folder.state) ?? 0;
        if (points === 0) continue;
        if (isFull) opened().onDrop("spool_full", points, `the spool holds its maxBytes (${maxBytes})`);
        else
          opened().onDrop(
            "too_old",
            points,
            `they waited longer than the spool's maxAgeMillis (${maxAgeMillis})`,
          );
      }
    }
  }

  async function readFolder(folder: SpoolFolder, oldestMillis: number): Promise<ReadRecord[]> {
    try {
      return await folder.reader.read(oldestMillis);
    } catch (error) {
      if (folder === own?.folder) throw error;
      // What a dead process left must not be in the way of what this one has.
      opened().onWarning("spool_unreadable", `${folder.path} cannot be read: ${String(error)}`);
      return [];
    }
  }

  async function readFolders(): Promise<readonly SpoolRecord[]> {
    const oldestMillis = clock.now() - maxAgeMillis;
    await Promise.all(folders.map(({ reader }) => reader.prepare()));
    for (const folder of folders) {
      const read = await readFolder(folder, oldestMillis);
      for (const { record, position } of read) places.set(record, { folder, position });
      if (read.length > 0) return read.map(({ record }) => record);
      if (folder !== own?.folder && isDone(folder)) await removeFolder(folder);
    }
    return [];
  }

  return {
    maxAgeMillis,
    open(listener) {
      if (events !== undefined) throw new Error("spool: it is in use already; create one for each exporter");
      events = listener;
      ownFolder();
      takeOverDead();
    },
    async append(records) {
      if (closed) throw new Error("the spool is closed");
      const bytes = recordBytes(records);
      if (bytes > maxBytes)
        throw new Error(`${bytes} bytes are more than the spool's maxBytes (${maxBytes})`);
      const { writer } = ownFolder();
      takeOverDead();
      makeRoom(bytes);
      writer.append(records);
      if (!syncWrites) return;
      try {
        await writer.sync();
      } catch (error) {
        opened().onWarning("spool_sync", `records may not survive a power loss: ${String(error)}`);
      }
    },
    async read() {
      if (closed) return [];
      takeOverDead();
      const result = readFolders();
      reading = result.catch(() => {});
      return await result;
    },
    ack(record) {
      const place = places.get(record);
      if (place === undefined) return;
      const { folder, position } = place;
      acknowledge(folder.state, position);
      if (folder === own?.folder && isDone(folder) && bytesIn(folder) > reusedBytes) {
        own.writer.close();
        acknowledge(folder.state, position);
      }
    },
    size() {
      let points = 0;
      for (const folder of folders) points += pointsIn(folder);
      return { points, bytes: totalBytes() };
    },
    async close() {
      if (closed) return;
      closed = true;
      await reading;
      if (first !== undefined) {
        // Nobody began to use it.
        events ??= { onDrop() {}, onWarning() {} };
        addFolder(first);
      }
      own?.writer.close();
      for (const folder of folders) await removeFolder(folder);
    },
  };
}
