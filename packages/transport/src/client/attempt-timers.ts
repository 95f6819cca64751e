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

/**
 * Calls back when the event loop has read what came in. While something blocks it, time runs out and the answer arrives:
 * Node calls timers first, and the request would be sent again for nothing.
 */
const afterReading: (callback: () => void) => unknown =
  (globalThis as { setImmediate?: (callback: () => void) => unknown }).setImmediate ??
  ((callback) => setTimeout(callback, 0));

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
      let isStopped = false;
      const timer = setTimeout(() => afterReading(() => isStopped || onTimeout()), millis) as Timer;
      running.add(timer);
      apply(timer);
      return () => {
        isStopped = true;
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
