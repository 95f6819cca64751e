import { setTimeout as sleep } from "node:timers/promises";

/** @import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter" */

const deadlineMillis = 60_000;

/**
 * Waits until nothing is queued any more, now that nothing is broken.
 *
 * @param {RemoteWriteMetricExporter} exporter
 * @throws {Error} where something is still queued after a minute
 */
export async function drain(exporter) {
  const end = performance.now() + deadlineMillis;
  while (exporter.stats().queue.rounds > 0) {
    if (performance.now() > end) throw new Error(`still queued: ${JSON.stringify(exporter.stats())}`);
    await sleep(10);
  }
}

/** @param {RemoteWriteMetricExporter} exporter */
export function lossesOf(exporter) {
  const { dropped, unconfirmed } = exporter.stats();
  return { dropped: Object.values(dropped).reduce((sum, points) => sum + points, 0), unconfirmed };
}
