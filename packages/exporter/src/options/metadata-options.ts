import {
  checkBoolean,
  checkOptionKeys,
  checkPositiveInteger,
  longestDelayMillis,
} from "@otel-remote-write/auth";

/** Type, help and unit of metric families as remote write 1.0 has them: in requests of their own. 2.0 always has them. */
export interface MetadataOptions {
  /** Whether they are sent. Default true. */
  readonly send?: boolean | undefined;
  /** How often, in milliseconds; new families go out at once. Default 60,000, as Prometheus has it. */
  readonly sendIntervalMillis?: number | undefined;
}

export type ResolvedMetadataOptions = {
  readonly [Key in keyof MetadataOptions]-?: NonNullable<MetadataOptions[Key]>;
};

/** @throws {TypeError} naming the option, the kind of its value and what it must be */
export function resolveMetadataOptions(
  owner: string,
  options: MetadataOptions = {},
): ResolvedMetadataOptions {
  checkOptionKeys(options, ["send", "sendIntervalMillis"], owner, "metadata");
  const { send = true, sendIntervalMillis = 60_000 } = options;
  checkBoolean(send, "metadata.send", owner);
  const interval = checkPositiveInteger(sendIntervalMillis, "metadata.sendIntervalMillis", owner);
  return { send, sendIntervalMillis: Math.min(interval, longestDelayMillis) };
}
