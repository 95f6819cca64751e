import type { Round, Series } from "@otel-remote-write/prompb";
import type { Outcome, RemoteWriteClient } from "@otel-remote-write/transport";
import type { Batch } from "../batches/batch.js";
import { reuseNumbers } from "../batches/reuse-numbers.js";
import type { BatchRound } from "../batches/round-sink.js";
import type { RateLimitedLog } from "../log/rate-limited-log.js";
import type { ResolvedQueueOptions } from "../options/queue-options.js";
import { createOutcomeCounter } from "../sending/outcome-counter.js";
import { pointsLeft } from "../sending/pending-round.js";
import { createQuarantine } from "../sending/quarantine.js";
import { createRoundSender, type SendResult, type TooLarge } from "../sending/round-sender.js";
import { metricsText } from "../sending/series-text.js";
import type { ExporterStats } from "../stats/exporter-stats.js";
import type { StatsRecorder } from "../stats/stats-recorder.js";
import { createEndpointPause } from "./endpoint-pause.js";
import { exportResult } from "./export-result.js";
import { createFlushes } from "./flushes.js";
import {
  createQueuedRound,
  type DeliveryFailure,
  type QueuedRound,
  splitQueuedRound,
} from "./queued-round.js";
import { createRoundQueue } from "./round-queue.js";
import type { Runtime } from "./runtime.js";

export interface DeliveryOptions {
  readonly client: RemoteWriteClient;
  readonly queue: ResolvedQueueOptions;
  readonly stats: StatsRecorder;
  readonly log: RateLimitedLog;
  readonly runtime: Runtime;
  /** Splits a batch whose Round was refused as too large: gives a new one with the series that are moved. */
  readonly splitBatch: (refused: BatchRound, moved: ReadonlySet<Series>) => Batch;
  /** Told what became of a request. */
  readonly onOutcome?: ((round: Round, outcome: Outcome) => void) | undefined;
}

/** Brings Rounds to the receiver: in order within a batch, side by side across batches, again where that may help. */
export interface Delivery {
  /**
   * Queues the Rounds of one export. Resolves once: with undefined when all are acknowledged, with an error when one was
   * given up, and as soon as one has to wait for a retry, since the SDK collects nothing while an export is open.
   *
   * @param onSettled called when all are acknowledged or given up, whatever has become of the promise
   */
  deliver(
    rounds: readonly BatchRound[],
    onSettled?: (failure: DeliveryFailure) => void,
  ): Promise<DeliveryFailure>;
  /**
   * Resolves when everything that is queued now is acknowledged or given up. Each Round is waited for `limitMillis` at
   * most, however often it is flushed: the SDK flushes before it shuts down.
   */
  flush(limitMillis: number): Promise<void>;
  /**
   * As flush; what is not acknowledged by then is given up, and nothing is sent any more. Some last Rounds can come with
   * it: they are waited for no longer than what was flushed before them.
   */
  shutdown(limitMillis: number, last?: readonly BatchRound[]): Promise<void>;
  status(): Pick<ExporterStats, "queue" | "inFlight"> & Partial<Pick<ExporterStats, "spool">>;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { client, queue: limits, stats, log, runtime } = options;
  const queue = createRoundQueue();
  const backoff = { minMillis: limits.minBackoffMillis, maxMillis: limits.maxBackoffMillis };
  const pause = createEndpointPause(runtime, backoff, limits.maxParallelSends, requestTurn);
  const flushes = createFlushes(runtime, pause, () => queue.inFlight());
  const sender = createRoundSender({
    client,
    maxBytesPerSend: limits.maxBytesPerSend,
    retryOnHttp429: limits.retryOnHttp429,
    bisectOnBadRequest: limits.bisectOnBadRequest,
    counter: createOutcomeCounter(stats, log),
    quarantine: createQuarantine(runtime.monotonic),
    stats,
    log,
    isPaused: () => pause.isRunning(),
    onOutcome,
  });
  const aborter = new AbortController();
  /** Everything that is neither acknowledged nor given up. */
  const unsettled = new Set<QueuedRound>();
  let sequence = 0;
  /** When the oldest Round becomes too old: until then none is looked for, as there may be many. */
  let oldestExpires = -Infinity;
  /** What the last attempt said, where it failed. */
  let lastFailure: Error | undefined;
  let turnRequested = false;
  let stopped = false;

  function canStart(): boolean {
    return !stopped && pause.allows(queue.inFlight());
  }

  /** Starts one request a turn of the event loop, as encoding and compressing take their time. */
  function requestTurn(): void {
    if (turnRequested || !canStart()) return;
    turnRequested = true;
    runtime.nextTurn(() => {
      turnRequested = false;
      if (!canStart()) return;
      dropOld();
      const round = queue.startNext();
      if (round === undefined) return;
      void send(round);
      requestTurn();
    });
  }

  async function send(round: QueuedRound): Promise<void> {
    handle(round, await sender.send(round.pending, aborter.signal));
    requestTurn();
  }

  function onOutcome(round: Round, outcome: Outcome): void {
    // A receiver that refuses is one that answers.
    if (outcome.kind === "acknowledged" || outcome.kind === "refused") {
      pause.reset();
      // Another request may have failed meanwhile: then everything waits all the same.
      if (!pause.isRunning()) lastFailure = undefined;
    }
    options.onOutcome?.(round, outcome);
  }

  function handle(round: QueuedRound, result: SendResult): void {
    if (result.kind === "settled") {
      settle(round, result.failure);
    } else if (stopped) {
      if (result.kind === "cut_off") stats.unconfirmed(result.points);
      const error = "outcome" in result ? result.outcome.error : new Error("the exporter was shut down");
      sender.drop(round.pending, "shutdown", error);
      settle(round, round.pending.failure);
    } else if (result.kind === "too_large") {
      split(round, result);
    } else {
      queue.putBack(round);
      if (result.kind === "retry") delay(round, result.outcome);
    }
  }

  function delay(
    round: QueuedRound,
    { reason, error, retryAfterMillis }: Outcome & { kind: "retryable" },
  ): void {
    stats.failed(error.message);
    stats.retried();
    log.warn(
      reason,
      `${pointsLeft(round.pending)} samples are queued and will be sent again: ${error.message}`,
    );
    pause.start(retryAfterMillis, reason === "too_many_requests");
    lastFailure = new Error(`queued, will be retried: ${error.message}`, { cause: error });
    // Those that stand behind it wait, too, and may never be tried as long as it fails.
    for (const waiting of unsettled) waiting.onDelayed(lastFailure);
    flushes.check();
  }

  /** Divides a batch and all of its Rounds in two, for good, as the receiver takes no request of that size. */
  function split({ batch }: QueuedRound, { round, second }: TooLarge): void {
    const other = options.splitBatch({ batch, round }, second);
    queue.replace(batch, (queued) => {
      const rounds = splitQueuedRound(queued, other, second);
      unsettled.delete(queued);
      for (const half of rounds) unsettled.add(half);
      return rounds;
    });
  }

  /** The Round was on its way and is done with. */
  function settle(round: QueuedRound, failure: DeliveryFailure): void {
    queue.finish(round);
    report(round, failure);
    reuseNumbers(round);
  }

  function report(round: QueuedRound, failure: DeliveryFailure): void {
    unsettled.delete(round);
    round.settle(failure);
  }

  /** For Rounds that were taken out of the queue without being on their way. */
  function reportDropped(rounds: readonly QueuedRound[], reason: string, why: string): void {
    if (rounds.length === 0) return;
    const samples = rounds.reduce((sum, { pending }) => sum + pointsLeft(pending), 0);
    const metrics = metricsText(rounds.map(({ round }) => round));
    const message = `${samples} samples dropped (${reason}) of ${metrics}: ${why}`;
    log.warn(reason, message);
    for (const round of rounds) {
      const error = Object.assign(new Error(message), { reason });
      sender.drop(round.pending, reason, error);
      report(round, error);
    }
  }

  function dropOld(): void {
    const now = runtime.monotonic();
    if (now <= oldestExpires) return;
    const tooOld = queue.removeOldest((round) => round.queuedMillis < now - limits.sampleAgeLimitMillis);
    reportDropped(
      tooOld,
      "too_old",
      `they waited longer than queue.sampleAgeLimitMillis (${limits.sampleAgeLimitMillis})`,
    );
    let oldest = now;
    for (const { queuedMillis } of unsettled) oldest = Math.min(oldest, queuedMillis);
    oldestExpires = oldest + limits.sampleAgeLimitMillis;
  }

  function isOverfull(): boolean {
    const { samples, bytes } = queue.totals();
    return samples > limits.maxSamples || bytes > limits.maxBytes;
  }

  /** Rounds from `newest` on are of the export under way, which is always admitted. */
  function dropOverflow(newest: number): void {
    if (!isOverfull()) return;
    const dropped = queue.removeOldest(({ sequence: of }) => of < newest && isOverfull());
    reportDropped(
      dropped,
      "queue_full",
      `the queue is full (queue.maxSamples ${limits.maxSamples}, queue.maxBytes ${limits.maxBytes})`,
    );
  }

  function stop(): void {
    stopped = true;
    pause.cancel();
    reportDropped(
      queue.removeOldest(() => true),
      "shutdown",
      "they were not acknowledged before the exporter was shut down",
    );
    aborter.abort();
    client.close();
  }

  /** Less than was queued where a Round has gone in part: the rest of it is counted already. */
  function samplesLeft(): number {
    let samples = 0;
    for (const { pending } of unsettled) samples += pointsLeft(pending);
    return samples;
  }

  function enqueue(batchRound: BatchRound, onDelayed: (failure: Error) => void): QueuedRound {
    const round = createQueuedRound(batchRound, {
      sequence: sequence++,
      queuedMillis: runtime.monotonic(),
      awaitedUntil: undefined,
      onDelayed,
    });
    queue.add(round);
    unsettled.add(round);
    return round;
  }

  return {
    async deliver(rounds, onSettled) {
      if (rounds.length === 0) {
        onSettled?.(undefined);
        return undefined;
      }
      const first = sequence;
      const delayed = Promise.withResolvers<Error>();
      const queued = rounds.map((round) => enqueue(round, delayed.resolve));
      dropOld();
      dropOverflow(first);
      if (lastFailure !== undefined) delayed.resolve(lastFailure);
      requestTurn();
      const settled = exportResult(queued);
      if (onSettled !== undefined) void settled.then(onSettled);
      return await Promise.race([settled, delayed.promise]);
    },
    flush: (limitMillis) => flushes.wait([...unsettled], limitMillis),
    async shutdown(limitMillis, last = []) {
      const first = sequence;
      const [{ awaitedUntil } = { awaitedUntil: undefined }] = unsettled;
      for (const round of last) enqueue(round, () => undefined).awaitedUntil = awaitedUntil;
      dropOverflow(first);
      requestTurn();
      await flushes.wait([...unsettled], limitMillis);
      stop();
      // Requests that were cut off come to their end: nothing changes after that.
      await Promise.all(Array.from(unsettled, ({ settled }) => settled));
    },
    status: () => ({ queue: { ...queue.totals(), samples: samplesLeft() }, inFlight: queue.inFlight() }),
  };
}
