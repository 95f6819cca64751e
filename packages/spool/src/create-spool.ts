import { openSpool } from "./open-spool.js";
import { resolveSpoolOptions, type SpoolOptions } from "./options.js";
import type { Spool } from "./spool.js";

/**
 * Makes a queue on disk, to be given to an exporter as its `spool`: what is accepted outlives the process, and outages
 * that are longer than memory would last.
 *
 * @throws {TypeError} for an option that is missing, unknown or wrong: it names the option and the fix
 * @throws {Error} where the directory cannot be created or used
 */
export function createSpool(options: SpoolOptions): Spool {
  const resolved = resolveSpoolOptions(options);
  try {
    return openSpool(resolved, { now: () => Date.now(), monotonic: () => performance.now() });
  } catch (cause) {
    throw new Error(`createSpool: directory ${resolved.directory} cannot be used: ${String(cause)}`, {
      cause,
    });
  }
}
