export function checkRuntime(): void {}

/** Where there is no host name, as in a browser: a random id, one for each exporter. */
export function hostInstance(): string {
  // Not randomUUID(), which pages over plain http do not have.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
