/** Those who wait for a condition. */
export interface Waiters {
  /** Resolves when `holds()` does, now or in a later `check()`. Rejects when aborted, ended, or when `holds` throws. */
  add(holds: () => boolean, signal: AbortSignal | undefined): Promise<void>;
  /** Looks at all conditions. */
  check(): void;
  /** Rejects all that wait, and all that come later. */
  end(reason: Error): void;
}

interface Waiter {
  readonly holds: () => boolean;
  readonly settle: (error?: Error) => void;
}

export function createWaiters(): Waiters {
  const waiting = new Set<Waiter>();
  let ended: Error | undefined;

  const check = (waiter: Waiter): void => {
    try {
      if (waiter.holds()) waiter.settle();
    } catch (error) {
      waiter.settle(asError(error));
    }
  };

  return {
    add: (holds, signal) =>
      new Promise((resolve, reject) => {
        const onAbort = (): void => waiter.settle(asError(signal?.reason));
        const waiter: Waiter = {
          holds,
          settle(error): void {
            waiting.delete(waiter);
            signal?.removeEventListener("abort", onAbort);
            if (error === undefined) resolve();
            else reject(error);
          },
        };
        waiting.add(waiter);
        signal?.addEventListener("abort", onAbort);
        check(waiter);
        if (!waiting.has(waiter)) return;
        if (signal?.aborted === true) onAbort();
        else if (ended !== undefined) waiter.settle(ended);
      }),
    check(): void {
      for (const waiter of waiting) check(waiter);
    },
    end(reason): void {
      ended = reason;
      for (const waiter of waiting) waiter.settle(reason);
    },
  };
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("the wait was aborted", { cause: reason });
}
