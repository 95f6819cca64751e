import { bytesOf, halveRound } from "../batches/halve-round.js";
import type { RateLimitedLog } from "../log/rate-limited-log.js";
import { dividePart, type PendingRound, pointsLeft } from "../sending/pending-round.js";
import type { RoundSender } from "../sending/round-sender.js";
import type { Retryable } from "@otel-remote-write/transport";
import { createPendingRecord } from "./pending-record.js";
import type { SpoolRecord } from "./spool.js";
import { thrownMessage } from "./thrown-message.js";

/** Records that were accepted together, and how their source learns that one, and those before it, are done with. */
export interface RecordGroup {
  readonly records: readonly SpoolRecord[];
  /** Whether they are only in memory. */
  readonly isHeld: boolean;
  ack(record: SpoolRecord): void;
}

export interface RecordSenderOptions {
  readonly sender: RoundSender;
  readonly log: RateLimitedLog;
  readonly signal: AbortSignal;
  readonly maxParallelSends: number;
  /** Resolves when a request may be sent. */
  readonly untilReady: () => Promise<void>;
  /** Why a record is not sent any more; undefined: it is. */
  readonly whyDropped: (
    record: SpoolRecord,
  ) => { readonly reason: string; readonly error: Error } | undefined;
  /** Told where something of a record was given up. */
  readonly onDropped: (failure: Error) => void;
  readonly onRetry: (pending: PendingRound, outcome: Retryable) => void;
}

/** Sends groups of records, those of one side by side. */
export interface RecordSender {
  /**
   * Resolves when all records of a group are done with, or when the signal was given, with those that are not. Never
   * rejects.
   */
  send(group: RecordGroup): Promise<SpoolRecord[]>;
  inFlight(): number;
  /** How many points are left of a record of which a request was cut off by the signal: the receiver may have stored some. */
  cutOff(record: SpoolRecord): number | undefined;
}

export function createRecordSender(options: RecordSenderOptions): RecordSender {
  const { sender, signal, log, maxParallelSends, untilReady, whyDropped, onDropped, onRetry } = options;
  const cutOff = new WeakMap<SpoolRecord, number>();
  let inFlight = 0;
  /** From how many points on the receiver found a request too large. */
  let tooManyPoints = Infinity;

  /** Divides what the receiver would find too large. */
  function divideLarge(pending: PendingRound): void {
    for (const part of pending.parts) {
      const { samples, histograms } = part.counts;
      if (samples + histograms < tooManyPoints) continue;
      const halves = halveRound(part.round, bytesOf(part.round));
      if (halves === undefined) continue;
      dividePart(pending, part, halves);
      divideLarge(pending);
      return;
    }
  }

  /** True when nothing of the record is left to be sent. */
  async function sendRecord(record: SpoolRecord): Promise<boolean> {
    const pending = createPendingRecord(record);
    for (;;) {
      await untilReady();
      if (signal.aborted) return false;
      const drop = whyDropped(record);
      if (drop !== undefined) {
        sender.drop(pending, drop.reason, drop.error);
        onDropped(drop.error);
        return true;
      }
      try {
        divideLarge(pending);
        inFlight++;
        const result = await sender.send(pending, signal).finally(() => inFlight--);
        if (result.kind === "cut_off") {
          cutOff.set(record, result.points + pointsLeft(pending));
          return false;
        }
        if (result.kind === "settled") {
          if (result.failure !== undefined) onDropped(result.failure);
          return true;
        }
        if (result.kind === "too_large")
          tooManyPoints = result.round.sampleCount + result.round.histograms.length;
        if (result.kind === "retry") onRetry(pending, result.outcome);
      } catch (error) {
        // A spool of somebody else's gave what is no message.
        const failure = new Error(thrownMessage(error), { cause: error });
        log.error(
          "spool_corrupt",
          `${pointsLeft(pending)} samples dropped (spool_corrupt): ${failure.message}`,
        );
        sender.drop(pending, "spool_corrupt", failure);
        onDropped(failure);
        return true;
      }
    }
  }

  return {
    async send(group) {
      const { records } = group;
      const isDone = records.map(() => false);
      let acknowledged = 0;
      const entries = records.entries();
      async function sendInTurn(): Promise<void> {
        for (const [index, record] of entries) {
          if (!(await sendRecord(record))) return;
          isDone[index] = true;
          const before = acknowledged;
          while (isDone[acknowledged] === true) acknowledged++;
          const last = records[acknowledged - 1];
          if (acknowledged > before && last !== undefined) group.ack(last);
        }
      }
      const parallel = Math.min(maxParallelSends, records.length);
      await Promise.all(Array.from({ length: parallel }, sendInTurn));
      return records.filter((_, index) => isDone[index] !== true);
    },
    inFlight: () => inFlight,
    cutOff: (record) => cutOff.get(record),
  };
}
