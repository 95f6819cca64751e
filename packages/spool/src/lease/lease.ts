import { existsSync, readFileSync, statSync, utimes, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pid } from "node:process";
import { bootId } from "./boot-id.js";
import { tryLock } from "./os-lock.js";

/** That a folder is this process' own. */
export interface Lease {
  /** False when somebody took the file away, and with it the lock. */
  isHeld(): boolean;
  release(): void;
}

const lockName = "lease";
const ownerName = "owner.json";
/** How often a living process shows that it lives. */
const heartbeatMillis = 10_000;

/**
 * Takes the lease of a folder, and keeps it until the process ends, however that happens.
 *
 * @returns undefined where a living process has it
 * @throws {Error} where the folder cannot be used
 */
export function takeLease(folder: string): Lease | undefined {
  const path = join(folder, lockName);
  const lock = tryLock(path);
  if (lock === undefined) return undefined;
  if (!existsSync(path)) {
    // Somebody took the folder for a dead one's, empty, and removed it, between our opening the file and locking it.
    lock.release();
    return undefined;
  }
  try {
    writeFileSync(join(folder, ownerName), JSON.stringify({ pid, bootId: bootId() }));
  } catch {
    // A full disk must not keep a dead process' folder from being emptied. Within one host the lock says enough.
  }
  let held = true;
  const timer = setInterval(() => {
    const now = new Date();
    utimes(path, now, now, (error) => {
      if (error?.code === "ENOENT") held = false;
    });
  }, heartbeatMillis);
  timer.unref();
  return {
    isHeld: () => held && existsSync(path),
    release() {
      clearInterval(timer);
      lock.release();
    },
  };
}

/** The files of a lease, in the order in which they are removed: the lock last. */
export const leaseFiles: readonly string[] = [ownerName, lockName];

/** What tells that the owner of a folder may be on another host, where a lock may not be seen; undefined: it is not. */
export function foreignHeartbeat(folder: string): number | undefined {
  try {
    const { bootId: owner } = JSON.parse(readFileSync(join(folder, ownerName), "utf8")) as {
      bootId?: unknown;
    };
    return owner === bootId() ? undefined : statSync(join(folder, lockName)).mtimeMs;
  } catch {
    // Nobody finished taking the lease.
    return undefined;
  }
}
