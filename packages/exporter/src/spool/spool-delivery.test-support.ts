import { fromBinary } from "@bufbuild/protobuf";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import { addSample, createRoundBuilder, emptyShape, finishRound } from "../batches/round-builder.js";
import { createBatch } from "../batches/batch.js";
import type { BatchRound } from "../batches/round-sink.js";
import {
  createFakeClient,
  createManualRuntime,
  type FakeRequest,
} from "../delivery/delivery.test-support.js";
import { createRateLimitedLog } from "../log/rate-limited-log.js";
import { type QueueOptions, resolveQueueOptions } from "../options/queue-options.js";
import { createStatsRecorder } from "../stats/stats-recorder.js";
import { createMemorySpool } from "./memory-spool.test-support.js";
import type { SpoolRecord } from "./spool.js";
import { createSpoolDelivery } from "./spool-delivery.js";

/** A delivery by way of a spool, whose time and answers a test gives. */
export function startSpoolDelivery(spool = createMemorySpool(), queueOptions: QueueOptions = {}) {
  const runtime = createManualRuntime();
  const { client, requests, isClosed } = createFakeClient();
  const lines: string[] = [];
  const logger = { warn: (line: string) => lines.push(line), error: (line: string) => lines.push(line) };
  const recorder = createStatsRecorder(runtime.now);
  const delivery = createSpoolDelivery({
    client,
    queue: resolveQueueOptions({ minBackoffMillis: 100, ...queueOptions }, "test"),
    spool,
    stats: recorder,
    log: createRateLimitedLog(logger, runtime.monotonic),
    runtime,
  });
  const stats = () => {
    const { queue, inFlight, spool: kept } = delivery.status();
    return recorder.snapshot(queue, inFlight, kept);
  };
  let answered = 0;
  /** Answers the requests that came since. */
  async function answer(outcome: Parameters<FakeRequest["answer"]>[0]): Promise<void> {
    await runtime.advance(0);
    const end = requests.length;
    for (; answered < end; answered++) requests[answered]?.answer(outcome);
    await runtime.advance(0);
  }
  /** Hands over an export that is not waited for. */
  async function accept(...rounds: BatchRound[]): Promise<void> {
    void delivery.deliver(rounds);
    await runtime.advance(0);
  }
  const sent = () => requests.map(({ bytes }) => sentValues(bytes));
  return { runtime, requests, delivery, spool, stats, lines, isClosed, accept, answer, sent };
}

/** What stands in a request of 1.0. */
export function sentValues(bytes: Uint8Array): number[] {
  return fromBinary(WriteRequestSchema, bytes).timeseries.flatMap(({ samples }) =>
    samples.map(({ value }) => value),
  );
}

/** A Round with a sample of one series each. */
export function roundWith(...values: number[]): BatchRound {
  const builder = createRoundBuilder(emptyShape);
  for (const value of values) {
    const name = `m${value}`;
    const metadata = { type: "gauge", help: "", unit: "", familyName: name } as const;
    addSample(
      builder,
      { labels: [{ name: "__name__", value: name }], metadata, owned: undefined },
      value,
      1,
      0,
    );
  }
  return { batch: createBatch(), round: finishRound(builder) };
}

export async function recordOf(...values: number[]): Promise<SpoolRecord> {
  const { accept, spool } = startSpoolDelivery();
  await accept(roundWith(...values));
  const [record] = spool.accepted;
  if (record === undefined) throw new Error("was not accepted");
  return record;
}
