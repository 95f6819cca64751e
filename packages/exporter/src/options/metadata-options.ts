import { checkOptionKeys } from "@otel-remote-write/auth";
import { checkBoolean } from "./boolean.js";
import { checkPositiveInteger } from "./positive-integer.js";

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

/** What `setTimeout` can count to: 24 days. */
const longestIntervalMillis = 2 ** 31 - 1;

/** @throws {TypeError} naming the option, the kind of its value and what it must be */
export function resolveMetadataOptions(
  owner: string,
  options: MetadataOptions = {},
): ResolvedMetadataOptions {
  checkOptionKeys(options, ["send", "sendIntervalMillis"], owner, "metadata");
  const { send = true, sendIntervalMillis = 60_000 } = options;
  checkBoolean(send, owner, "metadata.send");
  const interval = checkPositiveInteger(sendIntervalMillis, owner, "metadata.sendIntervalMillis");
  return { send, sendIntervalMillis: Math.min(interval, longestIntervalMillis) };
}
