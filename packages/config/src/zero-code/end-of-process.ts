import { diag } from "@opentelemetry/api";
import { isMainThread } from "node:worker_threads";
import type { StartedPipelines } from "../start-from-config.js";

const limitMillis = 5000;
const signals = ["SIGTERM", "SIGINT"] as const;

/**
 * Sends what was measured last when the process ends, within five seconds, and lets it end as it would have: when there is
 * nothing left to do, and when a signal ends it. `process.exit()` and an uncaught exception leave no time for that.
 */
export function flushAtEnd({ remoteWrite, pipelines }: StartedPipelines): void {
  // The work that this begins ends in another `beforeExit`. The application may have begun some as well, which goes on.
  process.once("beforeExit", () => void end());
  // Signals go to the main thread alone.
  if (!isMainThread) return;
  for (const signal of signals) {
    const onSignal = (): void => {
      // Others count the listeners to find out whether the signal is to end the process. So this one is as if it were
      // not there, and a second signal has its usual effect.
      process.removeListener(signal, onSignal);
      if (process.listenerCount(signal) > 0) {
        void sendNow();
        setImmediate(() => process.on(signal, onSignal)).unref();
        return;
      }
      void end().then(raise);
      // After the one that gives up.
      const limit = setTimeout(raise, limitMillis);
      function raise(): void {
        clearTimeout(limit);
        // Where somebody listens by now, it is up to them.
        if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
      }
    };
    process.on(signal, onSignal);
  }

  async function end(): Promise<void> {
    for (const { exporter } of pipelines) exporter.endWithin(limitMillis);
    const limit = setTimeout(giveUp, limitMillis);
    await remoteWrite.shutdown();
    clearTimeout(limit);
  }

  /** After it nothing of ours keeps the process alive: the reader still waits for its export, or the exporter for answers. */
  function giveUp(): void {
    tellLoss();
    for (const { exporter } of pipelines) void exporter.shutdown();
  }

  /**
   * For a listener that ends the process by `process.exit()`. One that lets it end by itself brings about a `beforeExit`,
   * so that nothing waits for this: it would keep the process alive as long.
   */
  async function sendNow(): Promise<void> {
    try {
      for (const { reader, exporter } of pipelines) {
        const { resourceMetrics } = await reader.collect();
        await resourceMetrics.resource.waitForAsyncAttributes?.();
        exporter.export(resourceMetrics, () => {});
      }
    } catch (error) {
      diag.error("otel-remote-write: the SDK failed to collect", error);
    }
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
