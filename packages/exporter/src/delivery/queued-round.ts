import type { Round, Series } from "@otel-remote-write/prompb";
import { type Batch, encoderOf } from "../batches/batch.js";
import { partitionRound } from "../batches/partition-round.js";
import type { BatchRound } from "../batches/round-sink.js";
import { createPendingRound, type PendingRound, pointsLeft } from "../sending/pending-round.js";

/** What became of a Round; undefined when it was acknowledged. */
export type DeliveryFailure = Error | undefined;

/** A Round in the queue. */
export interface QueuedRound extends BatchRound {
  /** What of it is still to be sent. */
  readonly pending: PendingRound;
  /** Its samples and histograms when it was queued. */
  readonly points: number;
  /** What it takes in memory, about. */
  readonly bytes: number;
  /** Counts up with every Round that is queued. */
  readonly sequence: number;
  /** By the monotonic clock, as `awaitedUntil`. */
  readonly queuedMillis: number;
  /** Until when a flush waits for it; undefined before the first. */
  awaitedUntil: number | undefined;
  /** Resolves when it is acknowledged or given up. */
  readonly settled: Promise<DeliveryFailure>;
  readonly settle: (failure: DeliveryFailure) => void;
  /** Told whenever it has to wait for a retry. */
  readonly onDelayed: (failure: Error) => void;
}

/** What a Round has as it is queued. */
type Queueing = Pick<QueuedRound, "sequence" | "queuedMillis" | "awaitedUntil" | "onDelayed">;

export function createQueuedRound(
  { batch, round, isRepeat = false }: BatchRound,
  queueing: Queueing,
): QueuedRound {
  const { sequence, queuedMillis, awaitedUntil, onDelayed } = queueing;
  const { promise, resolve } = Promise.withResolvers<DeliveryFailure>();
  const pending = createPendingRound(round, (each, message) => encoderOf(batch, message).encode(each));
  const number = batch.queuedRounds++;
  batch.unsettledRounds.add(number);
  return {
    batch,
    round,
    isRepeat,
    pending,
    points: pointsLeft(pending),
    bytes: estimateBytes(round),
    sequence,
    queuedMillis,
    awaitedUntil,
    onDelayed,
    settled: promise,
    settle(failure) {
      batch.unsettledRounds.delete(number);
      batch.hasArrived ||= pending.hasArrived;
      resolve(failure);
    },
  };
}

/**
 * Two Rounds in place of one, whose batch was split; only one, where it has nothing of the other batch. The first is
 * settled when both are.
 */
export function splitQueuedRound(
  queued: QueuedRound,
  other: Batch,
  moved: ReadonlySet<Series>,
): readonly QueuedRound[] {
  const halves = queued.pending.parts
    .flatMap(({ round }) => {
      const [kept, gone] = partitionRound(round, (series) => moved.has(series));
      return [
        { batch: queued.batch, round: kept },
        { batch: other, round: gone },
      ];
    })
    .filter(({ round }) => round.sampleCount + round.histograms.length > 0)
    .map((half) => createQueuedRound(half, queued));
  void settleWith(queued, halves);
  return halves;
}

async function settleWith(queued: QueuedRound, halves: readonly QueuedRound[]): Promise<void> {
  const failures = await Promise.all(halves.map(({ settled }) => settled));
  queued.settle(queued.pending.failure ?? failures.find((failure) => failure !== undefined));
}

/** What each Round takes, however few samples it has: objects, promises and the heads of arrays, as measured. */
const roundBytes = 1600;

/**
 * What a Round takes in memory at most, about: its numbers and references; the series are there anyway. In steady state
 * it shares the references and the start timestamps with the Round before, which is half of that.
 */
function estimateBytes(round: Round): number {
  let bytes = roundBytes + round.values.byteLength * 3 + round.series.length * 8 + round.exemplars.size * 200;
  for (const { histogram, exemplars } of round.histograms) {
    const numbers = histogram.positiveDeltas.length + histogram.negativeDeltas.length;
    const spans = histogram.positiveSpans.length + histogram.negativeSpans.length;
    bytes += 200 + 8 * numbers + 32 * spans + 200 * exemplars.length;
  }
  return bytes;
}
