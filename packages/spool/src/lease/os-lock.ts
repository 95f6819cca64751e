import type { DatabaseSync } from "node:sqlite";
import type * as Sqlite from "node:sqlite";

/** A lock on a file that the operating system gives up for a process that ends, however it ends. */
export interface OsLock {
  release(): void;
}

/** The file is locked already. */
const busy = 5;

/**
 * Locks a file, which is created where there is none. Node has no locks of its own, but SQLite takes one for a
 * transaction, and keeps the locks of one process apart, too, where POSIX would not: see decision 15.
 *
 * @returns undefined where somebody holds the lock, in this process or another
 * @throws {Error} where the file cannot be opened, or the file system has no locks
 */
export function tryLock(path: string): OsLock | undefined {
  const { DatabaseSync: Database } = sqlite();
  const database = new Database(path, { timeout: 0 });
  try {
    // Nothing is ever written, so no file for a journal is needed.
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    close(database);
    if (error instanceof Error && "errcode" in error && error.errcode === busy) return undefined;
    throw error;
  }
  return { release: () => close(database) };
}

function close(database: DatabaseSync): void {
  try {
    database.close();
  } catch {
    // There is nothing in it to lose.
  }
}

let loaded: typeof Sqlite | undefined;

/** Node 22 warns of node:sqlite as experimental, which is no matter of the application's: what is used here is old. */
function sqlite(): typeof Sqlite {
  if (loaded !== undefined) return loaded;
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => {};
  try {
    loaded = process.getBuiltinModule("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
  if (loaded === undefined)
    throw new Error("createSpool: this Node has no node:sqlite, which is needed for locks");
  return loaded;
}
