/** What {@link createSharedCall} needs to know. */
export interface SharedCallOptions<T> {
  /** The call. Its signal is aborted when nobody waits for it any more, or when it takes too long. */
  readonly call: (signal: AbortSignal) => Promise<T>;
  /** How long one call may take. */
  readonly timeoutMillis: number;
  /** Makes the error of a call that takes longer. */
  readonly createTimeoutError: () => Error;
}

/** Runtimes without a process to keep alive give a plain number. */
type Timer = number | { unref(): void };

interface Running<T> {
  readonly result: Promise<T>;
  /** Ends the call for whoever still waits. */
  readonly abort: (reason: unknown) => void;
  waiting: number;
}

/**
 * A call that is under way once at most: who asks meanwhile gets the same result. A caller whose signal is aborted
 * leaves, and the others go on waiting; when the last one has left, the call is aborted.
 */
export function createSharedCall<T>(options: SharedCallOptions<T>): (signal: AbortSignal) => Promise<T> {
  const { call, timeoutMillis, createTimeoutError } = options;
  let running: Running<T> | undefined;

  function start(): Running<T> {
    const controller = new AbortController();
    // What is called may ignore its signal, and must not keep those who wait, nor the ones who come later.
    const aborted = new Promise<never>((_resolve, reject) => {
      controller.signal.addEventListener("abort", () => reject(controller.signal.reason as Error));
    });
    const timer = setTimeout(() => controller.abort(createTimeoutError()), timeoutMillis) as Timer;
    if (typeof timer !== "number") timer.unref();
    const started: Running<T> = {
      result: Promise.race([call(controller.signal), aborted]).finally(() => {
        clearTimeout(timer as number);
        if (running === started) running = undefined;
      }),
      abort(reason) {
        if (running === started) running = undefined;
        controller.abort(reason);
      },
      waiting: 0,
    };
    return started;
  }

  return (signal: AbortSignal): Promise<T> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      running ??= start();
      const joined = running;
      joined.waiting++;
      const leave = (): void => {
        reject(signal.reason as Error);
        joined.waiting--;
        if (joined.waiting === 0) joined.abort(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      joined.result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
    });
}
