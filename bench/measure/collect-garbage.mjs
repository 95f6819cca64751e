/** @returns {(options?: { type: "minor" | "major", execution: "sync" }) => void} */
function exposedGc() {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("Run node with --expose-gc");
  return /** @type {any} */ (gc);
}

/** Collects everything. */
export function collectGarbage() {
  exposedGc()();
}

/**
 * Collects what is new, so that no measurement pays for the garbage of what came before. A full collection would make V8
 * forget compiled code: right after one, serializers that had run at full speed take five times as long.
 */
export function collectNewGarbage() {
  exposedGc()({ type: "minor", execution: "sync" });
}
