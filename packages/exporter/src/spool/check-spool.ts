import { wrongOption } from "@otel-remote-write/auth";
import type { Spool } from "./spool.js";

const owner = "RemoteWriteMetricExporter";
const functions = ["open", "append", "read", "ack", "size", "close"] as const;

/** @throws {TypeError} naming the option, what is wrong with it and the fix */
export function checkSpool(value: unknown): Spool {
  const wanted = "createSpool({ directory }) of @otel-remote-write/spool, or something of that shape";
  if (typeof value !== "object" || value === null) {
    throw wrongOption(value, "spool", owner, wanted);
  }
  const members = value as Partial<Record<keyof Spool, unknown>>;
  const missing = functions.find((name) => typeof members[name] !== "function");
  if (missing !== undefined) {
    throw new TypeError(`${owner}: spool has no function ${missing}(); give ${wanted}`);
  }
  if (typeof members.maxAgeMillis !== "number" || !(members.maxAgeMillis > 0)) {
    const { maxAgeMillis } = members;
    const kind = typeof maxAgeMillis === "number" ? String(maxAgeMillis) : undefined;
    throw wrongOption(maxAgeMillis, "spool.maxAgeMillis", owner, "a number above 0", kind);
  }
  return value as Spool;
}
