import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Names the running kernel. Where two processes have the same, also in different containers, a lock that one of them
 * holds is seen by the other.
 */
export function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return hostname();
  }
}
