import { afterEach, beforeEach } from "vitest";
import type { ReceiverOptions } from "../options.js";
import type { Receiver } from "../receiver.js";
import { startReceiver } from "../start-receiver.js";

/** A fresh receiver for every test of the file. */
export function useReceiver(options: ReceiverOptions = {}): () => Receiver {
  let receiver: Receiver | undefined;
  beforeEach(async () => {
    receiver = await startReceiver(options);
  });
  afterEach(() => receiver?.close());
  return () => {
    if (receiver === undefined) throw new Error("the receiver is there in tests only");
    return receiver;
  };
}

/** The numbers of the rules that were broken, in the order in which they were. */
export function brokenRules(receiver: Receiver): string[] {
  return receiver.violations.map(({ rule }) => rule);
}

/** The numbers of the rules that were not followed. */
export function warnedRules(receiver: Receiver): string[] {
  return receiver.warnings.map(({ rule }) => rule);
}
