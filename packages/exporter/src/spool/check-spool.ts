import { describeKind } from "@otel-remote-write/auth";
import type { Spool } from "./spool.js";

const owner = "RemoteWriteMetricExporter";
const functions = ["open", "append", "read", "ack", "size", "close"] as const;

/** @throws {TypeError} naming the option, what is wrong with it and the fix */
export function checkSpool(value: unknown): Spool {
  const fix = "give createSpool({ directory }) of @otel-remote-write/spool, or something of that shape";
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`${owner}: spool must be an object, got ${describeKind(value)}; ${fix}`);
  }
  const members = value as Partial<Record<keyof Spool, unknown>>;
  const missing = functions.find((name) => typeof members[name] !== "function");
  if (missing !== undefined) throw new TypeError(`${owner}: spool has no function ${missing}(); ${fix}`);
  if (typeof members.maxAgeMillis !== "number" || !(members.maxAgeMillis > 0)) {
    throw new TypeError(`${owner}: spool.maxAgeMillis must be a number above 0; ${fix}`);
  }
  return value as Spool;
}
