import type { Delivery, DeliveryOptions } from "../delivery/delivery.js";
import type { DeliveryFailure } from "../delivery/queued-round.js";
import { createEndpointPause } from "../delivery/endpoint-pause.js";
import { type Awaited, createFlushes } from "../delivery/flushes.js";
import { createOutcomeCounter } from "../sending/outcome-counter.js";
import { pointsLeft } from "../sending/pending-round.js";
import { createQuarantine } from "../sending/quarantine.js";
import { createRoundSender } from "../sending/round-sender.js";
import { checkSpool } from "./check-spool.js";
import { createHeldRecords, totalOf } from "./held-records.js";
import { createRecordSender, type RecordGroup } from "./record-sender.js";
import { createRecordsText } from "./records-text.js";
import type { Spool, SpoolRecord } from "./spool.js";
import { createSpoolIntake } from "./spool-intake.js";
import { createSuspicionsByLabels } from "./suspicions-by-labels.js";
import { thrownMessage } from "./thrown-message.js";

export interface SpoolDeliveryOptions extends Omit<DeliveryOptions, "splitBatch"> {
  readonly spool: Spool;
}

/**
 * Brings Rounds to the receiver by way of a spool: they are accepted into it, and sent from its head, in order. Those that
 * it has accepted outlive the process, whatever `deliver` answers.
 *
 * @throws {TypeError} where the option `spool` is none
 * @throws {Error} where the spool is in use already
 */
export function createSpoolDelivery(options: SpoolDeliveryOptions): Delivery {
  const { client, queue: limits, stats, log, runtime } = options;
  const spool = checkSpool(options.spool);
  const backoff = { minMillis: limits.minBackoffMillis, maxMillis: limits.maxBackoffMillis };
  const aborter = new AbortController();
  const { signal } = aborter;
  let ready = Promise.withResolvers<void>();
  const pause = createEndpointPause(runtime, backoff, limits.maxParallelSends, letGo);
  const flushes = createFlushes(runtime, pause, () => records.inFlight());
  const held = createHeldRecords(limits);
  const recordsText = createRecordsText(runtime.monotonic);
  const intake = createSpoolIntake({
    spool,
    held,
    runtime,
    onAccepted: wake,
    onHeld: (kept, why) =>
      log.warn(
        "spool",
        `${totalOf(kept).samples} samples are only in memory: the spool failed: ${why.message}`,
      ),
    onOverflow: (dropped) =>
      dropRecords(
        "queue_full",
        dropped,
        `the spool takes nothing, and the memory holds queue.maxSamples (${limits.maxSamples}) or queue.maxBytes (${limits.maxBytes})`,
      ),
  });
  const sender = createRoundSender({
    client,
    // Of what is read back only the receiver says that it is too large.
    maxBytesPerSend: Infinity,
    retryOnHttp429: limits.retryOnHttp429,
    bisectOnBadRequest: limits.bisectOnBadRequest,
    counter: createOutcomeCounter(stats, log),
    quarantine: createQuarantine(runtime.monotonic),
    suspicions: createSuspicionsByLabels(),
    stats,
    log,
    isPaused: () => pause.isRunning(),
    onOutcome(round, outcome) {
      if (outcome.kind === "acknowledged" || outcome.kind === "refused") {
        pause.reset();
        letGo();
        if (!pause.isRunning()) lastFailure = undefined;
      }
      options.onOutcome?.(round, outcome);
    },
  });
  const tooOld = new Error(`they waited longer than the spool's maxAgeMillis (${spool.maxAgeMillis})`);
  const records = createRecordSender({
    sender,
    log,
    signal,
    maxParallelSends: limits.maxParallelSends,
    async untilReady() {
      do {
        while (!pause.allows(records.inFlight()) && !signal.aborted) await ready.promise;
        // One request a turn, as compressing takes its time.
        await new Promise<void>((resolve) => runtime.nextTurn(resolve));
      } while (!pause.allows(records.inFlight()) && !signal.aborted);
    },
    whyDropped(record) {
      if (runtime.now() - record.acceptedMillis <= spool.maxAgeMillis) return undefined;
      log.warn(
        "too_old",
        `${totalOf([record]).samples} samples dropped (too_old)${recordsText("too_old", [record])}: ${tooOld.message}`,
      );
      return { reason: "too_old", error: tooOld };
    },
    onDropped: answerOpen,
    onRetry(pending, { reason, error, retryAfterMillis }) {
      stats.failed(error.message);
      stats.retried();
      log.warn(
        reason,
        `${pointsLeft(pending)} samples are in the spool and will be sent again: ${error.message}`,
      );
      pause.start(retryAfterMillis, reason === "too_many_requests");
      lastFailure = new Error(`queued, will be retried: ${error.message}`, { cause: error });
      answerOpen(lastFailure);
      flushes.check();
    },
  });
  /** What the last attempt said, where it failed. */
  let lastFailure: Error | undefined;
  /** Answers the exports that wait for their acknowledgement. */
  const open = new Set<(failure: DeliveryFailure) => void>();
  /** What is being sent. */
  let sending: RecordGroup | undefined;
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  /** What the last flush waits for; undefined: something was accepted since. */
  let awaited: Awaited | undefined;
  /** What was left at the end. */
  let left: ReturnType<Spool["size"]> | undefined;

  /** Lets those look again who wait until a request may be sent. */
  function letGo(): void {
    ready.resolve();
    ready = Promise.withResolvers();
  }

  function answerOpen(failure: DeliveryFailure): void {
    for (const answer of open) answer(failure);
    open.clear();
  }

  /** What an export is answered whose Rounds the spool has accepted. */
  async function resultOf(ahead: number): Promise<DeliveryFailure> {
    if (lastFailure !== undefined) return lastFailure;
    if (ahead > 0) return new Error(`queued, will be sent after ${ahead} samples that are in the spool`);
    const { promise, resolve } = Promise.withResolvers<DeliveryFailure>();
    open.add(resolve);
    void untilEmpty().then(resolve);
    return await promise;
  }

  function countDropped(reason: string, points: number, why: string, metrics: string = ""): void {
    stats.dropped(reason, points);
    log.warn(reason, `${points} samples dropped (${reason})${metrics}: ${why}`);
  }

  function dropRecords(reason: string, dropped: readonly SpoolRecord[], why: string): void {
    countDropped(reason, totalOf(dropped).samples, why, recordsText(reason, dropped));
  }

  function wake(): void {
    isAskedAgain = true;
    running ??= run().finally(() => {
      running = undefined;
      if (isAskedAgain && !signal.aborted) wake();
    });
  }

  async function run(): Promise<void> {
    while (isAskedAgain && !signal.aborted) {
      isAskedAgain = false;
      for (sending = await nextGroup(); sending !== undefined; sending = await nextGroup()) {
        const undone = await records.send(sending);
        if (sending.isHeld && undone.length > 0) held.putBack(undone);
      }
    }
  }

  async function nextGroup(): Promise<RecordGroup | undefined> {
    if (signal.aborted) return undefined;
    try {
      const read = await spool.read();
      if (read.length > 0) return { records: read, isHeld: false, ack };
    } catch (error) {
      log.error("spool_read", `the spool cannot be read: ${thrownMessage(error)}`);
    }
    // What is held is newer than what is in the spool; the intake may be putting it there.
    const first = intake.isBusy() ? undefined : held.first();
    if (first === undefined) return undefined;
    held.removeFirst();
    return { records: first, isHeld: true, ack() {} };
  }

  function ack(record: RecordGroup["records"][number]): void {
    try {
      spool.ack(record);
    } catch (error) {
      log.error("spool_ack", `the spool does not take an acknowledgement: ${thrownMessage(error)}`);
    }
  }

  async function untilEmpty(): Promise<undefined> {
    await intake.finished();
    for (let current = running; current !== undefined; current = running) await current;
    return undefined;
  }

  async function flush(limitMillis: number, awaitedUntil?: number): Promise<void> {
    awaited ??= { awaitedUntil, settled: untilEmpty() };
    await flushes.wait([awaited], limitMillis);
  }

  async function stop(): Promise<void> {
    pause.cancel();
    aborter.abort();
    ready.resolve();
    client.close();
    answerOpen(new Error("the exporter was shut down; the spool keeps what was not acknowledged"));
    await running;
    await intake.finished();
    await intake.retryHeld();
    const lost: SpoolRecord[] = [];
    for (const record of held.all()) {
      const unconfirmed = records.cutOff(record);
      if (unconfirmed === undefined) lost.push(record);
      else stats.unconfirmed(unconfirmed);
    }
    if (lost.length > 0) {
      dropRecords("shutdown", lost, "they were not acknowledged before the exporter was shut down");
    }
    left = spool.size();
    if (left.points > 0) {
      log.warn("spool_left", `${left.points} samples are left in the spool, for the next process to send`);
    }
    try {
      await spool.close();
    } catch (error) {
      log.error("spool_close", `the spool cannot be closed: ${thrownMessage(error)}`);
    }
  }

  spool.open({
    onDrop: countDropped,
    onWarning: (kind, message) => log.warn(kind, message),
  });
  // What another process has left.
  wake();

  return {
    async deliver(rounds, onSettled) {
      if (rounds.length === 0) {
        onSettled?.(undefined);
        return undefined;
      }
      awaited = undefined;
      const ahead = spool.size().points;
      const cause = await intake.accept(rounds);
      const failure =
        cause === undefined
          ? await resultOf(ahead)
          : new Error(`queued, in memory only, as the spool failed: ${cause.message}`, { cause });
      // What becomes of it later may be for another process to see.
      onSettled?.(failure);
      return failure;
    },
    flush: (limitMillis) => flush(limitMillis),
    async shutdown(limitMillis, last = []) {
      const awaitedUntil = awaited?.awaitedUntil;
      if (last.length > 0) {
        awaited = undefined;
        void intake.accept(last);
      }
      await flush(limitMillis, awaitedUntil);
      await stop();
    },
    status() {
      const inMemory = [...(sending?.records ?? []), ...held.all()];
      const onlyInMemory = [...(sending?.isHeld === true ? sending.records : []), ...held.all()];
      const { points, bytes } = left ?? spool.size();
      const waiting = left === undefined ? points : 0;
      return {
        queue: {
          // How many there are in the spool is not known, only whether there are.
          rounds: Math.max(inMemory.length, waiting > 0 ? 1 : 0),
          samples: waiting + totalOf(onlyInMemory).samples,
          bytes: totalOf(inMemory).bytes,
        },
        spool: { samples: points, bytes },
        inFlight: records.inFlight(),
      };
    },
  };
}
