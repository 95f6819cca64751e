import type { BatchRound } from "../batches/round-sink.js";
import type { PointCounts } from "../stats/exporter-stats.js";

/** What became of a Round; undefined when it was acknowledged. */
export type DeliveryFailure = Error | undefined;

/** A Round in the queue. */
export interface QueuedRound extends BatchRound {
  readonly counts: PointCounts;
  /** What it takes in memory, about. */
  readonly bytes: number;
  /** Counts up with every Round that is queued. */
  readonly sequence: number;
  readonly queuedMillis: number;
  /** How often it was sent. */
  attempts: number;
  /** Until when a flush waits for it; undefined before the first. */
  awaitedUntil: number | undefined;
  /** Resolves when it is acknowledged or given up. */
  readonly settled: Promise<DeliveryFailure>;
  readonly settle: (failure: DeliveryFailure) => void;
  /** Told whenever it has to wait for a retry. */
  readonly onDelayed: (failure: Error) => void;
}

export function countPoints({ round }: BatchRound): PointCounts {
  let exemplars = 0;
  for (const ofSample of round.exemplars.values()) exemplars += ofSample.length;
  for (const histogram of round.histograms) exemplars += histogram.exemplars.length;
  return { samples: round.sampleCount, histograms: round.histograms.length, exemplars };
}

/**
 * What a Round takes in memory at most, about: its numbers and references; the series are there anyway. In steady state
 * it shares the references and the start timestamps with the Round before, which is half of that.
 */
export function estimateBytes({ round }: BatchRound): number {
  let bytes = round.values.byteLength * 3 + round.series.length * 8 + round.exemplars.size * 200;
  for (const { histogram, exemplars } of round.histograms) {
    const numbers = histogram.positiveDeltas.length + histogram.negativeDeltas.length;
    const spans = histogram.positiveSpans.length + histogram.negativeSpans.length;
    bytes += 200 + 8 * numbers + 32 * spans + 200 * exemplars.length;
  }
  return bytes;
}
