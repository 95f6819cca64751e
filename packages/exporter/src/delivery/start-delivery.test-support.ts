import { createBatch } from "../batches/batch.js";
import { createRateLimitedLog } from "../log/rate-limited-log.js";
import { type QueueOptions, resolveQueueOptions } from "../options/queue-options.js";
import type { ExporterStats } from "../stats/exporter-stats.js";
import { createStatsRecorder } from "../stats/stats-recorder.js";
import { createDelivery, type Delivery } from "./delivery.js";
import {
  createFakeClient,
  createManualRuntime,
  type FakeRequest,
  type ManualRuntime,
} from "./delivery.test-support.js";

interface StartedDelivery {
  readonly runtime: ManualRuntime;
  readonly requests: readonly FakeRequest[];
  readonly delivery: Delivery;
  readonly stats: () => ExporterStats;
  readonly lines: readonly string[];
  readonly isClosed: () => boolean;
}

/** A delivery whose time and answers a test gives. */
export function startDelivery(queueOptions: QueueOptions = {}): StartedDelivery {
  const runtime = createManualRuntime();
  const { client, requests, isClosed } = createFakeClient();
  const lines: string[] = [];
  const logger = { warn: (line: string) => lines.push(line), error: (line: string) => lines.push(line) };
  const recorder = createStatsRecorder(runtime.now);
  const delivery = createDelivery({
    client,
    queue: resolveQueueOptions(queueOptions, "test"),
    stats: recorder,
    log: createRateLimitedLog(logger, runtime.monotonic),
    runtime,
    splitBatch: () => createBatch(),
  });
  const stats = () => recorder.snapshot(delivery.status().queue, delivery.status().inFlight);
  return { runtime, requests, delivery, stats, lines, isClosed };
}

/** What a promise has come to so far. */
export function watch<T>(promise: Promise<T>): { value: T | "pending" } {
  const watched: { value: T | "pending" } = { value: "pending" };
  const follow = async (): Promise<void> => {
    watched.value = await promise;
  };
  void follow();
  return watched;
}
