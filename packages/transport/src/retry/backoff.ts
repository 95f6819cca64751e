/** Limits of the wait between two attempts. */
export interface BackoffLimits {
  /** The upper end of the first wait, in milliseconds. */
  readonly minMillis: number;
  /** The upper end of every wait, in milliseconds. */
  readonly maxMillis: number;
}

/**
 * How long to wait before a retry: exponential with full jitter (W1.20, W2.22, H5). The wait is drawn evenly from
 * zero to `minMillis` doubled with each retry, at most `maxMillis`: senders that failed together do not come back
 * together.
 *
 * @param retry 0 for the first retry, 1 for the next.
 * @param random Gives numbers from 0 to below 1; `Math.random` by default.
 * @returns Milliseconds.
 */
export function backoffMillis(
  retry: number,
  limits: BackoffLimits,
  random: () => number = Math.random,
): number {
  return random() * Math.min(limits.maxMillis, limits.minMillis * 2 ** retry);
}
