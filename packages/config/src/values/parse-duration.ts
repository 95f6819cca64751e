const unitMillis: Readonly<Record<string, number>> = {
  y: 365 * 86_400_000,
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};
const units = Object.keys(unitMillis);

/**
 * Reads a duration as Prometheus writes it, such as `30s`, `1m30s`, `1h`, `500ms` or `0`: numbers with units from the
 * largest to the smallest. Fractions, which Go has, are taken too: `1.5s`.
 *
 * @returns milliseconds; undefined where it is no duration
 */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[ywdhms]))+$/.test(text)) return undefined;
  let millis = 0;
  let last = -1;
  for (const [, number = "", unit = ""] of text.matchAll(/([\d.]+)(ms|[ywdhms])/g)) {
    const position = units.indexOf(unit);
    if (position <= last) return undefined;
    last = position;
    millis += Number(number) * (unitMillis[unit] ?? 0);
  }
  const rounded = Math.round(millis);
  return Number.isSafeInteger(rounded) ? rounded : undefined;
}
