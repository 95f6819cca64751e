import { wrongOption } from "@otel-remote-write/auth";

/** When series get stale markers: `"auto"`, `true` or `false`. */
export type StaleMarkers = "auto" | boolean;

/** @throws {TypeError} naming the option, the kind of its value and what it must be */
export function resolveStaleMarkers(owner: string, value: unknown = "auto"): StaleMarkers {
  if (value === "auto" || typeof value === "boolean") return value;
  throw wrongOption(value, "staleMarkers", owner, '"auto", true or false');
}
