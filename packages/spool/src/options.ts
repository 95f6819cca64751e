import { resolve } from "node:path";
import { checkBoolean, checkOptionKeys, checkPositiveInteger, wrongOption } from "@otel-remote-write/auth";

/** Where records are kept, how many and for how long. */
export interface SpoolOptions {
  /**
   * The folder, which is created where there is none. Each process has a folder of its own in it, so that many can share
   * it. It should be on a disk that outlives the process: in a container on a volume.
   */
  readonly directory: string;
  /**
   * How much this process keeps, with what it took over from dead ones, in bytes; beyond that the oldest is dropped.
   * Default 536,870,912 (512 MiB): a day and a half of 1,000 series every 15 seconds.
   */
  readonly maxBytes?: number | undefined;
  /**
   * How long a record may wait, in milliseconds; what is older is dropped. Default 86,400,000 (a day): what the receiver
   * finds too old it refuses, earlier or never, and this only ends the trying.
   */
  readonly maxAgeMillis?: number | undefined;
  /**
   * Whether records survive a power loss, too: each is forced to the disk before it counts as accepted. Default false:
   * they survive the death of the process, as the operating system has them.
   */
  readonly syncWrites?: boolean | undefined;
}

export type ResolvedSpoolOptions = {
  readonly [Key in keyof SpoolOptions]-?: NonNullable<SpoolOptions[Key]>;
};

const owner = "createSpool";
const defaultMaxBytes = 512 * 1024 * 1024;
const dayMillis = 86_400_000;

/** @throws {TypeError} naming the option, the kind of its value and what it must be */
export function resolveSpoolOptions(options: SpoolOptions): ResolvedSpoolOptions {
  checkOptionKeys(options, ["directory", "maxBytes", "maxAgeMillis", "syncWrites"], owner);
  const { directory, maxBytes = defaultMaxBytes, maxAgeMillis = dayMillis, syncWrites = false } = options;
  if (typeof directory !== "string" || directory === "") {
    throw wrongOption(directory, "directory", owner, 'the path of a folder, such as "/var/lib/app/spool"');
  }
  return {
    // Here and not later: the process may change its working directory.
    directory: resolve(directory),
    maxBytes: checkPositiveInteger(maxBytes, "maxBytes", owner),
    maxAgeMillis: checkPositiveInteger(maxAgeMillis, "maxAgeMillis", owner),
    syncWrites: checkBoolean(syncWrites, "syncWrites", owner),
  };
}
