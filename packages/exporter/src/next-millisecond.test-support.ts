import { setImmediate } from "node:timers/promises";

/**
 * Resolves in a later millisecond than it was called in. For what comes before two collections that have to be told
 * apart: the same value of a series in the same millisecond is sent once, on a fast machine.
 */
export async function nextMillisecond(): Promise<void> {
  const before = Date.now();
  while (Date.now() <= before) await setImmediate();
}
