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
 * Collects what is new, so that no subject pays for the garbage of the one before. Cheap, and unlike the full
 * collection it makes V8 forget no compiled code.
 */
export function collectNewGarbage() {
  exposedGc()({ type: "minor", execution: "sync" });
}
