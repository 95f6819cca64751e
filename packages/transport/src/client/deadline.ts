import type { AttemptTimers } from "./attempt-timers.js";

/** The end of one attempt: by time, or because the caller gives up. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Why the signal was aborted, once it is. */
  readonly why: () => "timeout" | "aborted" | undefined;
  /** Must be called when the attempt is over. */
  end(): void;
}

/** @param outer The caller's own signal. */
export function startDeadline(
  timers: AttemptTimers,
  millis: number,
  outer: AbortSignal | undefined,
): Deadline {
  const controller = new AbortController();
  let why: "timeout" | "aborted" | undefined;
  function giveUp(cause: "timeout" | "aborted"): void {
    why ??= cause;
    controller.abort();
  }
  const onAbort = (): void => giveUp("aborted");
  const stop = timers.start(millis, () => giveUp("timeout"));
  outer?.addEventListener("abort", onAbort, { once: true });
  if (outer?.aborted === true) onAbort();
  return {
    signal: controller.signal,
    why: () => why,
    end() {
      stop();
      outer?.removeEventListener("abort", onAbort);
    },
  };
}
