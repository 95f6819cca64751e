import { describeKind } from "@otel-remote-write/auth";

/** @throws {TypeError} naming the option, the kind of its value and what it must be */
export function checkPositiveInteger(value: unknown, owner: string, option: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  const shown = typeof value === "number" ? String(value) : describeKind(value);
  throw new TypeError(`${owner}: ${option} must be a whole number above 0, got ${shown}`);
}
