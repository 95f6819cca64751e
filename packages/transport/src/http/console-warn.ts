import type { Warn } from "./http.js";

/** Writes the first warning of each kind. */
export function createConsoleWarn(): Warn {
  const said = new Set<string>();
  return (kind, message) => {
    if (said.has(kind)) return;
    said.add(kind);
    console.warn(`otel-remote-write: ${message}`);
  };
}
