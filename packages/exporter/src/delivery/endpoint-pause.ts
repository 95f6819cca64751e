import { backoffMillis, type BackoffLimits } from "@otel-remote-write/transport";
import type { Runtime, Timer } from "./runtime.js";

/** Leaves the endpoint alone for a while after a failure (docs/decisions/0004). */
export interface EndpointPause {
  isRunning(): boolean;
  /** Whether another request may begin while so many are on their way. */
  allows(inFlight: number): boolean;
  /** How long it goes on, in milliseconds. */
  leftMillis(): number;
  /**
   * An attempt failed: it pauses for as long as the receiver asks, at least with the usual backoff (W1.20, W2.23).
   *
   * @param isLimit whether a rate limit was the reason: then requests go one at a time after the pause
   */
  start(retryAfterMillis: number | undefined, isLimit: boolean): void;
  /** Lets it end after so many milliseconds, if that is earlier. */
  cutTo(millis: number): void;
  /** The endpoint works: the next backoff begins anew, and after a rate limit one request more may go at once. */
  reset(): void;
  cancel(): void;
}

/**
 * @param maxParallel how many requests may be on their way at once
 * @param onEnd called when the endpoint may be tried again
 */
export function createEndpointPause(
  runtime: Pick<Runtime, "monotonic" | "random" | "startTimer">,
  limits: BackoffLimits,
  maxParallel: number,
  onEnd: () => void,
): EndpointPause {
  let parallel = maxParallel;
  /** Pauses since the last attempt that succeeded. */
  let pauses = 0;
  let timer: Timer | undefined;
  let end = 0;

  function endIn(millis: number): void {
    timer?.cancel();
    end = runtime.monotonic() + millis;
    timer = runtime.startTimer(millis, false, () => {
      timer = undefined;
      onEnd();
    });
  }

  function leftMillis(): number {
    return timer === undefined ? 0 : Math.max(0, end - runtime.monotonic());
  }

  return {
    isRunning: () => timer !== undefined,
    allows: (inFlight) => timer === undefined && inFlight < parallel,
    leftMillis,
    start(retryAfterMillis = 0, isLimit) {
      if (isLimit) parallel = 1;
      // Attempts that were on their way side by side fail together: that is one failure.
      const backoff = timer === undefined ? backoffMillis(pauses++, limits, runtime.random) : 0;
      const millis = Math.max(backoff, retryAfterMillis);
      if (timer === undefined || millis > leftMillis()) endIn(millis);
    },
    cutTo(millis) {
      if (timer !== undefined && millis < leftMillis()) endIn(millis);
    },
    reset() {
      pauses = 0;
      if (parallel < maxParallel) parallel++;
    },
    cancel() {
      timer?.cancel();
      timer = undefined;
    },
  };
}
