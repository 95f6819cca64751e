/** A timer that can be kept from keeping the process alive. */
export interface Timer {
  cancel(): void;
}

/** Time and randomness, so that tests can set them. */
export interface Runtime {
  /** Milliseconds since the epoch, by a clock that can be set. */
  readonly now: () => number;
  /** Milliseconds since the process began, by a clock that nobody sets, for durations (E10). */
  readonly monotonic: () => number;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Calls back once. Only a timer that `holds` keeps the process alive until then. */
  startTimer(millis: number, holds: boolean, callback: () => void): Timer;
  /** Calls back in a later turn of the event loop. */
  nextTurn(callback: () => void): void;
}

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => Math.random(),
  startTimer(millis, holds, callback) {
    // Node warns of a negative one: the time that is left can be over.
    const timer = setTimeout(callback, Math.max(0, millis));
    // An object on Node, a number in browsers, where there is no process to keep alive.
    if (!holds && typeof timer === "object") timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
  nextTurn(callback) {
    if (typeof setImmediate === "function") setImmediate(callback);
    else setTimeout(callback, 0);
  },
};
