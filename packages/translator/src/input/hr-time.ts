/**
 * Milliseconds since the epoch, cut off to an integer (TR21); NaN for what is no time. The nanoseconds are cut off by
 * themselves: added to seconds they would be rounded, and 999,999,999 of them would become a second.
 */
export function hrTimeToMillis(time: unknown): number {
  if (!Array.isArray(time)) return Number.NaN;
  const [seconds, nanoseconds]: unknown[] = time;
  if (typeof seconds !== "number" || typeof nanoseconds !== "number") return Number.NaN;
  const millis = Math.trunc(seconds * 1000) + Math.trunc(nanoseconds / 1e6);
  return Number.isSafeInteger(millis) ? millis : Number.NaN;
}
