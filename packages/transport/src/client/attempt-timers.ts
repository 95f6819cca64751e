/**
 * The timers that bound attempts. They alone decide whether a request under way keeps a Node process alive: sockets
 * never do, timers only while someone holds.
 */
export interface AttemptTimers {
  /** Calls back after that time. The result stops the timer. */
  start(millis: number, onTimeout: () => void): () => void;
  /** Lets running and coming timers keep the process alive, until as many calls of `unref`. */
  ref(): void;
  unref(): void;
}

/** Runtimes without a process to keep alive give a plain number. */
type Timer = number | { ref(): void; unref(): void };

export function createAttemptTimers(): AttemptTimers {
  const running = new Set<Timer>();
  let holders = 0;

  function apply(timer: Timer): void {
    if (typeof timer === "number") return;
    if (holders > 0) timer.ref();
    else timer.unref();
  }

  return {
    start(millis, onTimeout) {
      const timer = setTimeout(onTimeout, millis) as Timer;
      running.add(timer);
      apply(timer);
      return () => {
        clearTimeout(timer as number);
        running.delete(timer);
      };
    },
    ref() {
      holders++;
      running.forEach(apply);
    },
    unref() {
      holders = Math.max(0, holders - 1);
      running.forEach(apply);
    },
  };
}
