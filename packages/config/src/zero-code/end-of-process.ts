import { diag } from "@opentelemetry/api";
import { isMainThread } from "node:worker_threads";
import type { RemoteWriteFromConfig } from "../start-from-config.js";

const limitMillis = 5000;
const signals = ["SIGTERM", "SIGINT"] as const;

/**
 * Sends what was measured last when the process ends, within five seconds, and lets it end as it would have: when there is
 * nothing left to do, and when a signal ends it. `process.exit()` and an uncaught exception leave no time for that.
 */
export function flushAtEnd(remoteWrite: Omit<RemoteWriteFromConfig, "meterProvider">): void {
  // The work that this begins ends in another `beforeExit`.
  process.once("beforeExit", () => {
    const deadline = setTimeout(() => {
      tellLoss();
      process.exit();
    }, limitMillis);
    void remoteWrite.shutdown().then(() => clearTimeout(deadline));
  });
  // Signals go to the main thread alone.
  if (!isMainThread) return;
  for (const signal of signals) {
    const onSignal = (): void => {
      // Others count the listeners to find out whether the signal is to end the process. So this one is as if it were
      // not there, and a second signal has its usual effect.
      process.removeListener(signal, onSignal);
      if (process.listenerCount(signal) > 0) {
        void remoteWrite.forceFlush();
        setImmediate(() => process.on(signal, onSignal)).unref();
        return;
      }
      const deadline = setTimeout(raise, limitMillis);
      void remoteWrite.shutdown().then(raise);
      function raise(): void {
        clearTimeout(deadline);
        // Where somebody listens by now, it is up to them.
        if (process.listenerCount(signal) > 0) return;
        tellLoss();
        process.kill(process.pid, signal);
      }
    };
    process.on(signal, onSignal);
  }

  /** The last that is heard of these samples, if nothing is said here, is that they will be sent again. */
  function tellLoss(): void {
    const lost = remoteWrite.stats().reduce((sum, { queue }) => sum + queue.samples, 0);
    if (lost > 0) {
      diag.warn(
        `otel-remote-write: ${lost} samples were not acknowledged within ${limitMillis / 1000} s of the end, and are lost`,
      );
    }
  }
}
