import { join } from "node:path";
import type { SpoolEvents } from "../spool.js";
import { folderNames, type LeasedFolder } from "./folders.js";
import { createHeartbeatWatch } from "./heartbeat-watch.js";
import { foreignHeartbeat, takeLease } from "./lease.js";

/** Takes over folders of dead processes. Given those that are ours already, it gives those that are from now on. */
export type TakeOver = (ours: readonly { readonly name: string }[], events: SpoolEvents) => LeasedFolder[];

/** How often it is looked for them. */
const intervalMillis = 30_000;
/** How many folders are ours at once: the others have to wait, or another process takes them. */
const maxFolders = 16;

export function createTakeOver(directory: string, monotonicMillis: () => number): TakeOver {
  const watch = createHeartbeatWatch(monotonicMillis);
  let nextLook = -Infinity;

  function tryTake(path: string, events: SpoolEvents): LeasedFolder | undefined {
    const heartbeat = foreignHeartbeat(path);
    if (heartbeat !== undefined && !watch.isSilent(path, heartbeat)) return undefined;
    try {
      const lease = takeLease(path);
      return lease === undefined ? undefined : { path, lease };
    } catch (error) {
      events.onWarning("spool_take_over", `${path} cannot be taken over: ${String(error)}`);
      return undefined;
    }
  }

  return (ours, events) => {
    const now = monotonicMillis();
    if (now < nextLook) return [];
    nextLook = now + intervalMillis;
    const names = new Set(ours.map(({ name }) => name));
    const taken: LeasedFolder[] = [];
    try {
      for (const name of folderNames(directory)) {
        if (names.has(name)) continue;
        if (names.size + taken.length >= maxFolders) break;
        const leased = tryTake(join(directory, name), events);
        if (leased !== undefined) taken.push(leased);
      }
    } catch (error) {
      events.onWarning("spool_take_over", `${directory} cannot be read: ${String(error)}`);
    }
    return taken;
  };
}
