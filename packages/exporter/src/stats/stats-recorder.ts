import type { ProtobufMessage } from "@otel-remote-write/transport";
import type { ExporterStats, PointCounts } from "./exporter-stats.js";

/** Counts what becomes of points. */
export interface StatsRecorder {
  /** A request begins; `again` where its points were tried before. */
  sent(counts: PointCounts, again: boolean): void;
  acknowledged(counts: PointCounts): void;
  /** A request was answered with a 2xx. */
  succeeded(message: ProtobufMessage): void;
  /** The receiver says that it wrote this. */
  written(counts: PointCounts): void;
  dropped(reason: string, points: number): void;
  unconfirmed(points: number): void;
  retried(): void;
  failed(message: string): void;
  snapshot(queue: ExporterStats["queue"], inFlight: number, spool?: ExporterStats["spool"]): ExporterStats;
}

export function createStatsRecorder(now: () => number): StatsRecorder {
  const sent = { samples: 0, histograms: 0, exemplars: 0 };
  const acknowledged = { samples: 0, histograms: 0, exemplars: 0 };
  const written = { samples: 0, histograms: 0, exemplars: 0 };
  const dropped = new Map<string, number>();
  let unconfirmed = 0;
  let retries = 0;
  let retried = 0;
  let protobufMessage: ProtobufMessage | undefined;
  let lastSuccessTime: number | undefined;
  let lastError: string | undefined;
  return {
    sent(counts, again) {
      add(sent, counts);
      if (again) retried += counts.samples + counts.histograms;
    },
    acknowledged: (counts) => add(acknowledged, counts),
    succeeded(message) {
      protobufMessage = message;
      lastSuccessTime = now();
    },
    written: (counts) => add(written, counts),
    dropped(reason, points) {
      if (points > 0) dropped.set(reason, (dropped.get(reason) ?? 0) + points);
    },
    unconfirmed(points) {
      unconfirmed += points;
    },
    retried() {
      retries++;
    },
    failed(message) {
      lastError = message;
    },
    snapshot: (queue, inFlight, spool) => ({
      sent: { ...sent },
      acknowledged: { ...acknowledged },
      written: { ...written },
      dropped: Object.fromEntries(dropped),
      unconfirmed,
      retries,
      retried,
      queue,
      inFlight,
      spool,
      protobufMessage,
      lastSuccessTime,
      lastError,
    }),
  };
}

function add(sum: { samples: number; histograms: number; exemplars: number }, counts: PointCounts): void {
  sum.samples += counts.samples;
  sum.histograms += counts.histograms;
  sum.exemplars += counts.exemplars;
}
