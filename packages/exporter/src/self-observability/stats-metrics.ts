import type { Attributes, BatchObservableCallback, Meter, Observable } from "@opentelemetry/api";
import type { ExporterStats, PointCounts } from "../stats/exporter-stats.js";

type Read = (stats: ExporterStats) => number | undefined;

const sample = "{sample}";

const counters: readonly (readonly [name: string, unit: string, description: string, read: Read])[] = [
  ["samples.sent", sample, "Samples in all requests, those sent again included.", ({ sent }) => sum(sent)],
  ["samples.acknowledged", sample, "Samples that receivers took.", ({ acknowledged }) => sum(acknowledged)],
  ["samples.written", sample, "Samples that receivers say they wrote.", ({ written }) => sum(written)],
  ["samples.retried", sample, "Samples that were sent again.", ({ retried }) => retried],
  [
    "samples.unconfirmed",
    sample,
    "Samples that may or may not have been stored.",
    ({ unconfirmed }) => unconfirmed,
  ],
];

const levels: typeof counters = [
  ["queue.rounds", "{round}", "Rounds that wait or are on their way.", ({ queue }) => queue.rounds],
  ["queue.samples", sample, "Samples that wait or are on their way.", ({ queue }) => queue.samples],
  ["queue.size", "By", "Memory that they take, about.", ({ queue }) => queue.bytes],
  ["requests.inflight", "{request}", "Requests on their way.", ({ inFlight }) => inFlight],
];

/**
 * Gives `stats()` to a meter, whenever it collects.
 *
 * @param safely runs what may throw
 * @returns ends it
 */
export function observeStats(
  meter: Meter,
  attributes: Attributes,
  stats: () => ExporterStats,
  safely: (work: () => void) => void,
): () => void {
  const prefix = "remote_write.";
  const reads = new Map<Observable, Read>();
  for (const [name, unit, description, read] of counters) {
    reads.set(meter.createObservableCounter(prefix + name, { unit, description }), read);
  }
  for (const [name, unit, description, read] of levels) {
    reads.set(meter.createObservableUpDownCounter(prefix + name, { unit, description }), read);
  }
  const lastSuccess = meter.createObservableGauge(`${prefix}last_success.time`, {
    unit: "s",
    description: "When the last request succeeded, in seconds since the epoch.",
  });
  reads.set(lastSuccess, ({ lastSuccessTime }) => lastSuccessTime && lastSuccessTime / 1000);
  const dropped = meter.createObservableCounter(`${prefix}samples.dropped`, {
    unit: sample,
    description: "Samples that were given up, by reason.",
  });

  const observe: BatchObservableCallback = (result) => {
    safely(() => {
      const snapshot = stats();
      for (const [instrument, read] of reads) {
        const value = read(snapshot);
        if (value !== undefined) result.observe(instrument, value, attributes);
      }
      for (const [reason, samples] of Object.entries(snapshot.dropped)) {
        result.observe(dropped, samples, { ...attributes, reason });
      }
    });
  };
  const instruments = [...reads.keys(), dropped];
  meter.addBatchObservableCallback(observe, instruments);
  return () => meter.removeBatchObservableCallback(observe, instruments);
}

function sum({ samples, histograms }: PointCounts): number {
  return samples + histograms;
}
