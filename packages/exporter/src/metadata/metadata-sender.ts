import type { Metadata, Round } from "@otel-remote-write/prompb";
import { encodeMetadata } from "@otel-remote-write/prompb/encode";
import type { Outcome, ProtobufMessage, RemoteWriteClient } from "@otel-remote-write/transport";
import type { Runtime, Timer } from "../delivery/runtime.js";
import type { RateLimitedLog } from "../log/rate-limited-log.js";
import { createFamilyTable } from "./family-table.js";

export interface MetadataSenderOptions {
  readonly client: RemoteWriteClient;
  readonly intervalMillis: number;
  readonly runtime: Runtime;
  readonly log: RateLimitedLog;
}

/**
 * Sends metadata of families in requests of their own, as long as samples go as 1.0. It follows the samples and never
 * holds them up: a request that fails is not retried, the next one is due after the interval.
 */
export interface MetadataSender {
  /** Takes in what became of a Round. */
  answered(round: Round, outcome: Outcome): void;
  /** Resolves when nothing is on its way, at the latest after that time. Keeps the process alive until then. */
  flush(limitMillis: number): Promise<void>;
  /** As flush; what is then still on its way is given up, and nothing is sent any more. */
  shutdown(limitMillis: number): Promise<void>;
}

const message: ProtobufMessage = "prometheus.WriteRequest";
/** As Prometheus has it. */
const maxFamiliesPerSend = 2000;
const noPoints = { samples: 0, histograms: 0, exemplars: 0 };

export function createMetadataSender(options: MetadataSenderOptions): MetadataSender {
  const { client, intervalMillis, runtime, log } = options;
  const families = createFamilyTable();
  /** What is to be sent, by name: each family once. */
  const pending = new Map<string, Metadata>();
  /** Runs while 1.0 is in use. */
  let timer: Timer | undefined;
  /** Whether the last Round was acknowledged: where samples have to wait, metadata does too. */
  let isOpen = false;
  let sending: Promise<void> | undefined;
  const aborter = new AbortController();
  const { signal } = aborter;

  function startTimer(): void {
    timer = runtime.startTimer(intervalMillis, false, () => {
      startTimer();
      send(families.all());
    });
  }

  function stopTimer(): void {
    timer?.cancel();
    timer = undefined;
    families.clear();
    pending.clear();
  }

  function send(metadata: readonly Metadata[]): void {
    for (const family of metadata) pending.set(family.familyName, family);
    if (pending.size === 0 || !isOpen) return;
    sending ??= sendPending().finally(() => {
      sending = undefined;
    });
  }

  async function sendPending(): Promise<void> {
    for (;;) {
      if (pending.size === 0 || !isOpen) return;
      const batch = [...pending.values()].slice(0, maxFamiliesPerSend);
      for (const { familyName } of batch) pending.delete(familyName);
      if (!(await sendBatch(batch))) pending.clear();
    }
  }

  /** In halves where the receiver takes no request of that size. False: the next one is not worth a try. */
  async function sendBatch(batch: readonly Metadata[]): Promise<boolean> {
    const outcome = await client.send(
      { counts: noPoints, encode: () => encodeMetadata(batch) },
      { message, signal },
    );
    if (outcome.kind === "acknowledged") return true;
    const isTooLarge = outcome.kind === "refused" && outcome.reason === "payload_too_large";
    if (isTooLarge && batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      return (await sendBatch(batch.slice(0, middle))) && (await sendBatch(batch.slice(middle)));
    }
    log.warn("metadata", `metadata of ${batch.length} families was not sent: ${outcome.error.message}`);
    return isTooLarge;
  }

  return {
    answered(round, outcome) {
      isOpen = outcome.kind === "acknowledged";
      if (outcome.kind !== "acknowledged" || signal.aborted) return;
      if (outcome.message === message) {
        if (timer === undefined) startTimer();
        send(families.add(round));
      } else if (timer !== undefined) {
        stopTimer();
      }
    },
    flush,
    async shutdown(limitMillis) {
      await flush(limitMillis);
      stopTimer();
      aborter.abort();
    },
  };

  async function flush(limitMillis: number): Promise<void> {
    if (sending === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const limit = runtime.startTimer(limitMillis, true, resolve);
    await Promise.race([sending, promise]);
    limit.cancel();
  }
}
