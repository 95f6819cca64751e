import { describeKind } from "@otel-remote-write/auth";

/** @throws {TypeError} naming the option, the kind of its value and what it must be */
export function checkBoolean(value: unknown, owner: string, option: string): boolean {
  if (typeof value === "boolean") return value;
  throw new TypeError(`${owner}: ${option} must be true or false, got ${describeKind(value)}`);
}
