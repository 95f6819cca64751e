import type { ExporterStats, PointCounts } from "./exporter-stats.js";

/** Counts what becomes of points. */
export interface StatsRecorder {
  acknowledged(counts: PointCounts): void;
  dropped(reason: string, points: number): void;
  unconfirmed(points: number): void;
  retried(): void;
  failed(message: string): void;
  snapshot(queue: ExporterStats["queue"], inFlight: number): ExporterStats;
}

export function createStatsRecorder(now: () => number): StatsRecorder {
  const acknowledged = { samples: 0, histograms: 0, exemplars: 0 };
  const dropped = new Map<string, number>();
  let unconfirmed = 0;
  let retries = 0;
  let lastSuccessTime: number | undefined;
  let lastError: string | undefined;
  return {
    acknowledged(counts) {
      acknowledged.samples += counts.samples;
      acknowledged.histograms += counts.histograms;
      acknowledged.exemplars += counts.exemplars;
      lastSuccessTime = now();
    },
    dropped(reason, points) {
      dropped.set(reason, (dropped.get(reason) ?? 0) + points);
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
    snapshot: (queue, inFlight) => ({
      acknowledged: { ...acknowledged },
      dropped: Object.fromEntries(dropped),
      unconfirmed,
      retries,
      queue,
      inFlight,
      lastSuccessTime,
      lastError,
    }),
  };
}
