import type { Round } from "@otel-remote-write/prompb";
import { backoffMillis, type Outcome, type RemoteWriteClient } from "@otel-remote-write/transport";
import { encoderOf } from "../batches/batch.js";
import type { BatchRound } from "../batches/round-sink.js";
import type { RateLimitedLog } from "../log/rate-limited-log.js";
import type { ResolvedQueueOptions } from "../options/queue-options.js";
import type { ExporterStats } from "../stats/exporter-stats.js";
import type { StatsRecorder } from "../stats/stats-recorder.js";
import { exportResult } from "./export-result.js";
import { countPoints, type DeliveryFailure, estimateBytes, type QueuedRound } from "./queued-round.js";
import { createOutcomeCounter } from "./outcome-counter.js";
import { createRoundQueue } from "./round-queue.js";
import type { Runtime, Timer } from "./runtime.js";

export interface DeliveryOptions {
  readonly client: RemoteWriteClient;
  readonly queue: ResolvedQueueOptions;
  readonly stats: StatsRecorder;
  readonly log: RateLimitedLog;
  readonly runtime: Runtime;
  /** Told what became of a request. */
  readonly onOutcome?: ((round: Round, outcome: Outcome) => void) | undefined;
}

/** Brings Rounds to the receiver: in order within a batch, side by side across batches, again where that may help. */
export interface Delivery {
  /**
   * Queues the Rounds of one export. Resolves once: with undefined when all are acknowledged, with an error when one was
   * given up, and as soon as one has to wait for a retry, since the SDK collects nothing while an export is open.
   */
  deliver(rounds: readonly BatchRound[]): Promise<DeliveryFailure>;
  /**
   * Resolves when everything that is queued now is acknowledged or given up. Each Round is waited for `limitMillis` at
   * most, however often it is flushed: the SDK flushes before it shuts down.
   */
  flush(limitMillis: number): Promise<void>;
  /** As flush; what is not acknowledged by then is given up, and nothing is sent any more. */
  shutdown(limitMillis: number): Promise<void>;
  status(): Pick<ExporterStats, "queue" | "inFlight">;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { client, queue: limits, stats, log, runtime, onOutcome } = options;
  const queue = createRoundQueue();
  const backoff = { minMillis: limits.minBackoffMillis, maxMillis: limits.maxBackoffMillis };
  const counter = createOutcomeCounter(stats, log);
  const aborter = new AbortController();
  /** Everything that is neither acknowledged nor given up. */
  const unsettled = new Set<QueuedRound>();
  let sequence = 0;
  /** Attempts that failed since the last one that succeeded, and what the last of them said. */
  let failures = 0;
  let lastFailure: Error | undefined;
  /** Runs while the endpoint is left alone after a failure. */
  let pause: Timer | undefined;
  let turnRequested = false;
  let stopped = false;

  /** Starts one request a turn of the event loop, as encoding and compressing take their time. */
  function requestTurn(): void {
    if (turnRequested || pause !== undefined || stopped) return;
    turnRequested = true;
    runtime.nextTurn(() => {
      turnRequested = false;
      if (pause !== undefined || stopped || queue.inFlight() >= limits.maxParallelSends) return;
      dropOld();
      const round = queue.startNext();
      if (round === undefined) return;
      void send(round);
      requestTurn();
    });
  }

  async function send(round: QueuedRound): Promise<void> {
    const attempt = round.attempts++;
    const outcome = await client.send(
      { counts: round.counts, encode: (message) => encoderOf(round.batch, message).encode(round.round) },
      { signal: aborter.signal, attempt },
    );
    handle(round, outcome);
    requestTurn();
  }

  function handle(round: QueuedRound, outcome: Outcome): void {
    const points = round.counts.samples + round.counts.histograms;
    onOutcome?.(round.round, outcome);
    switch (outcome.kind) {
      case "acknowledged":
        failures = 0;
        lastFailure = undefined;
        counter.countAcknowledged(round, outcome);
        settle(round, undefined);
        break;
      case "retryable":
        stats.failed(outcome.error.message);
        if (stopped) {
          settleDropped(round, "shutdown", outcome.error);
          break;
        }
        stats.retried();
        log.warn(
          outcome.reason,
          `${points} samples are queued and will be sent again: ${outcome.error.message}`,
        );
        queue.putBack(round);
        pauseFor(outcome.retryAfterMillis ?? backoffMillis(failures, backoff, runtime.random));
        failures++;
        lastFailure = new Error(`queued, will be retried: ${outcome.error.message}`, {
          cause: outcome.error,
        });
        round.onDelayed(lastFailure);
        break;
      case "refused":
        stats.failed(outcome.error.message);
        settleDropped(round, outcome.reason, outcome.error, counter.countRefused(round, outcome));
        break;
      case "aborted":
        stats.unconfirmed(points);
        settle(round, outcome.error);
        break;
    }
  }

  function pauseFor(millis: number): void {
    pause?.cancel();
    pause = runtime.startTimer(millis, false, () => {
      pause = undefined;
      requestTurn();
    });
  }

  /** The Round was on its way and is done with. */
  function settle(round: QueuedRound, failure: DeliveryFailure): void {
    queue.finish(round);
    report(round, failure);
  }

  function settleDropped(
    round: QueuedRound,
    reason: string,
    error: Error,
    points: number = round.counts.samples + round.counts.histograms,
  ): void {
    stats.dropped(reason, points);
    settle(round, error);
  }

  function report(round: QueuedRound, failure: DeliveryFailure): void {
    unsettled.delete(round);
    round.settle(failure);
  }

  /** For Rounds that were taken out of the queue without being on their way. */
  function reportDropped(rounds: readonly QueuedRound[], reason: string, why: string): void {
    let samples = 0;
    for (const round of rounds) samples += round.counts.samples + round.counts.histograms;
    if (samples === 0) return;
    stats.dropped(reason, samples);
    const message = `${samples} samples dropped (${reason}): ${why}`;
    log.warn(reason, message);
    for (const round of rounds) report(round, new Error(message));
  }

  function dropOld(): void {
    const oldest = runtime.now() - limits.sampleAgeLimitMillis;
    const tooOld = queue.removeOldest((round) => round.queuedMillis < oldest);
    reportDropped(
      tooOld,
      "too_old",
      `they waited longer than queue.sampleAgeLimitMillis (${limits.sampleAgeLimitMillis})`,
    );
  }

  /** Rounds from `newest` on are of the export under way, which is always admitted. */
  function dropOverflow(newest: number): void {
    const dropped = queue.removeOldest(({ sequence: of }) => {
      const { samples, bytes } = queue.totals();
      return of < newest && (samples > limits.maxSamples || bytes > limits.maxBytes);
    });
    reportDropped(
      dropped,
      "queue_full",
      `the queue holds queue.maxSamples (${limits.maxSamples}) or queue.maxBytes (${limits.maxBytes})`,
    );
  }

  function stop(): void {
    stopped = true;
    pause?.cancel();
    pause = undefined;
    reportDropped(
      queue.removeOldest(() => true),
      "shutdown",
      "they were not acknowledged before the exporter was shut down",
    );
    aborter.abort();
    client.close();
  }

  function enqueue(batchRound: BatchRound, onDelayed: (failure: Error) => void): QueuedRound {
    const { promise, resolve } = Promise.withResolvers<DeliveryFailure>();
    const round: QueuedRound = {
      ...batchRound,
      counts: countPoints(batchRound),
      bytes: estimateBytes(batchRound),
      sequence: sequence++,
      queuedMillis: runtime.now(),
      attempts: 0,
      awaitedUntil: undefined,
      settled: promise,
      settle: resolve,
      onDelayed,
    };
    queue.add(round);
    unsettled.add(round);
    return round;
  }

  async function flush(limitMillis: number): Promise<void> {
    const now = runtime.now();
    const awaited = [...unsettled];
    let waitMillis = 0;
    for (const round of awaited) {
      round.awaitedUntil ??= now + limitMillis;
      // A clock that was stepped back must not make the wait longer.
      waitMillis = Math.max(waitMillis, Math.min(round.awaitedUntil - now, limitMillis));
    }
    if (waitMillis === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    // Only this timer keeps the process alive meanwhile.
    const limit = runtime.startTimer(waitMillis, true, resolve);
    await Promise.race([Promise.all(awaited.map(({ settled }) => settled)), promise]);
    limit.cancel();
  }

  return {
    async deliver(rounds) {
      if (rounds.length === 0) return undefined;
      const first = sequence;
      const delayed = Promise.withResolvers<Error>();
      const queued = rounds.map((round) => enqueue(round, delayed.resolve));
      dropOld();
      dropOverflow(first);
      if (lastFailure !== undefined) delayed.resolve(lastFailure);
      requestTurn();
      return await Promise.race([exportResult(queued), delayed.promise]);
    },
    flush,
    async shutdown(limitMillis) {
      await flush(limitMillis);
      stop();
    },
    status: () => ({ queue: queue.totals(), inFlight: queue.inFlight() }),
  };
}
