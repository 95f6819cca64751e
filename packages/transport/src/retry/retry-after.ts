import { parseHttpDate } from "#http-date";

/**
 * The longest wait that a receiver can ask for: five minutes, the age at which queued samples are given up by
 * default. A receiver that means longer is asked again after five minutes; one that errs by days does not silence the
 * sender.
 */
export const maxRetryAfterMillis: number = 5 * 60 * 1000;

/**
 * Reads the header `Retry-After` (W2.23, H6): whole seconds, or a date of HTTP.
 *
 * @param value Of the header, or undefined where it is missing.
 * @param nowMillis The time now by the receiver's clock, in milliseconds since the epoch.
 * @returns Milliseconds from now, at most {@link maxRetryAfterMillis}; undefined for a date in the past and for
 * anything that is neither form.
 */
export function parseRetryAfter(value: string | undefined, nowMillis: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^[0-9]+$/.test(text)) return Math.min(Number(text) * 1000, maxRetryAfterMillis);
  const date = parseHttpDate(text, nowMillis);
  if (date === undefined || date < nowMillis) return undefined;
  return Math.min(date - nowMillis, maxRetryAfterMillis);
}
