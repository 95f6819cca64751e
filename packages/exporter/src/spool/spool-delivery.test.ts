import { fromBinary } from "@bufbuild/protobuf";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import { describe, expect, it } from "vitest";
import { addSample, createRoundBuilder, emptyShape, finishRound } from "../batches/round-builder.js";
import { createBatch } from "../batches/batch.js";
import type { BatchRound } from "../batches/round-sink.js";
import {
  createFakeClient,
  createManualRuntime,
  type FakeRequest,
} from "../delivery/delivery.test-support.js";
import { acknowledged, refused, retryable, tooLarge } from "../delivery/outcomes.test-support.js";
import { createRateLimitedLog } from "../log/rate-limited-log.js";
import { type QueueOptions, resolveQueueOptions } from "../options/queue-options.js";
import { createStatsRecorder } from "../stats/stats-recorder.js";
import { createMemorySpool, valuesOf } from "./memory-spool.test-support.js";
import type { SpoolRecord } from "./spool.js";
import { createSpoolDelivery } from "./spool-delivery.js";

function start(spool = createMemorySpool(), queueOptions: QueueOptions = {}) {
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
function sentValues(bytes: Uint8Array): number[] {
  return fromBinary(WriteRequestSchema, bytes).timeseries.flatMap(({ samples }) =>
    samples.map(({ value }) => value),
  );
}

/** A Round with a sample of one series each. */
function roundWith(...values: number[]): BatchRound {
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

async function recordOf(...values: number[]): Promise<SpoolRecord> {
  const { accept, spool } = start();
  await accept(roundWith(...values));
  const [record] = spool.accepted;
  if (record === undefined) throw new Error("was not accepted");
  return record;
}

describe("delivery by way of a spool", () => {
  it("has given the spool what is exported before it returns", () => {
    const { delivery, spool, stats } = start();
    void delivery.deliver([roundWith(1, 2), roundWith(3)]);
    expect(spool.accepted.map(valuesOf)).toEqual([[1, 2], [3]]);
    expect(stats()).toMatchObject({
      acknowledged: { samples: 0 },
      queue: { samples: 3 },
      spool: { samples: 3 },
    });
  });

  it("E6: answers an export when everything is acknowledged", async () => {
    const { delivery, answer, runtime, requests } = start();
    const answers: unknown[] = [];
    void delivery.deliver([roundWith(1), roundWith(2)]).then((failure) => answers.push(failure));
    await runtime.advance(0);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(answers).toEqual([]);
    await answer(acknowledged);
    expect(answers).toEqual([undefined]);
  });

  it("E6: answers with an error when something was dropped, has to wait for a retry, or stands behind others", async () => {
    const { delivery, answer } = start();
    const dropped = delivery.deliver([roundWith(1)]);
    await answer(refused);
    expect((await dropped)?.message).toBe(refused.error.message);
    const delayed = delivery.deliver([roundWith(2)]);
    await answer(retryable());
    expect((await delayed)?.message).toBe(`queued, will be retried: ${retryable().error.message}`);
    expect(await delivery.deliver([roundWith(3)])).toBe(await delayed);
    const behind = start(createMemorySpool([await recordOf(1)]));
    expect((await behind.delivery.deliver([roundWith(2)]))?.message).toBe(
      "queued, will be sent after 1 samples that are in the spool",
    );
  });

  it("sends what was accepted together side by side, and what came later after it", async () => {
    const { accept, runtime, spool, sent, answer, stats } = start();
    await accept(roundWith(1), roundWith(2));
    await accept(roundWith(3));
    await runtime.advance(0);
    expect(sent()).toEqual([[1], [2]]);
    await answer(acknowledged);
    expect(sent()).toEqual([[1], [2], [3]]);
    expect(spool.kept.map(valuesOf)).toEqual([[3]]);
    await answer(acknowledged);
    expect(stats()).toMatchObject({
      acknowledged: { samples: 3 },
      spool: { samples: 0 },
      queue: { rounds: 0 },
      inFlight: 0,
    });
  });

  it("sends as many at once as queue.maxParallelSends says", async () => {
    const { accept, runtime, sent, answer } = start(undefined, { maxParallelSends: 2 });
    await accept(roundWith(1), roundWith(2), roundWith(3));
    await runtime.advance(0);
    expect(sent()).toEqual([[1], [2]]);
    await answer(acknowledged);
    expect(sent()).toEqual([[1], [2], [3]]);
  });

  it("acknowledges to the spool only what everything before is done with", async () => {
    const { accept, runtime, spool, requests } = start();
    await accept(roundWith(1), roundWith(2));
    await runtime.advance(0);
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    expect(spool.kept).toHaveLength(2);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(spool.kept).toEqual([]);
  });

  it("begins with what another process has left", async () => {
    const { accept, runtime, sent, answer } = start(createMemorySpool([await recordOf(1)]));
    await accept(roundWith(2));
    await runtime.advance(0);
    expect(sent()).toEqual([[1]]);
    await answer(acknowledged);
    expect(sent()).toEqual([[1], [2]]);
  });

  it("H7: sends again after a failure", async () => {
    const { accept, runtime, sent, answer, spool, stats } = start();
    await accept(roundWith(1));
    await answer(retryable());
    await accept(roundWith(2));
    await runtime.advance(99);
    expect(sent()).toEqual([[1]]);
    await runtime.advance(1);
    expect(sent()).toEqual([[1], [1]]);
    await answer(acknowledged);
    await answer(acknowledged);
    expect(spool.kept).toEqual([]);
    expect(stats()).toMatchObject({ acknowledged: { samples: 2 }, dropped: {}, retries: 1 });
  });

  it("drops what is too old, without sending it", async () => {
    const { accept, runtime, sent, answer, spool, stats, lines } = start();
    await accept(roundWith(1, 2));
    await answer(retryable());
    runtime.stepClock(3_600_000);
    await accept(roundWith(3));
    await runtime.advance(100);
    expect(sent()).toEqual([[1, 2], [3]]);
    await answer(acknowledged);
    expect(spool.kept).toEqual([]);
    expect(stats()).toMatchObject({ dropped: { too_old: 2 }, acknowledged: { samples: 1 } });
    expect(lines.join("\n")).toContain("2 samples dropped (too_old)");
  });

  it("drops what the receiver refuses, and finds the series that it refuses", async () => {
    const { accept, sent, answer, requests, spool, stats } = start();
    await accept(roundWith(1, 2, 3, 4));
    await answer(refused);
    while (spool.kept.length > 0) {
      await answer(
        sentValues(requests.at(-1)?.bytes ?? new Uint8Array()).includes(3) ? refused : acknowledged,
      );
    }
    expect(sent().at(0)).toEqual([1, 2, 3, 4]);
    expect(stats()).toMatchObject({ acknowledged: { samples: 3 }, dropped: { bad_request: 1 } });
  });

  it("E8: finds several series that the receiver refuses, over some records", async () => {
    const { accept, requests, runtime, spool, stats } = start();
    const values = Array.from({ length: 100 }, (_, i) => i);
    const bad = new Set([3, 77]);
    let answered = 0;
    for (let i = 0; i < 6; i++) {
      await accept(roundWith(...values));
      while (spool.kept.length > 0) {
        await runtime.advance(0);
        for (; answered < requests.length; answered++) {
          const request = requests[answered];
          const hasBad = sentValues(request?.bytes ?? new Uint8Array()).some((value) => bad.has(value));
          request?.answer(hasBad ? refused : acknowledged);
        }
      }
    }
    expect(sentValues(requests.at(-1)?.bytes ?? new Uint8Array())).toHaveLength(98);
    expect(Object.keys(stats().dropped)).toEqual(["bad_request", "quarantined"]);
  });

  it("E5: halves what is too large for the receiver, and what comes later before it is sent", async () => {
    const { accept, sent, answer } = start();
    await accept(roundWith(1, 2, 3, 4));
    await answer(tooLarge);
    await answer(acknowledged);
    await answer(acknowledged);
    await accept(roundWith(5, 6, 7, 8));
    await answer(acknowledged);
    await answer(acknowledged);
    expect(sent()).toEqual([
      [1, 2, 3, 4],
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]);
  });

  it("drops a record that is no message", async () => {
    const record = { ...(await recordOf(1)), message: Uint8Array.of(0xff) };
    const { accept, answer, spool, stats, sent, lines } = start(createMemorySpool([record]));
    await accept(roundWith(2));
    await answer(acknowledged);
    expect(sent()).toEqual([[2]]);
    expect(spool.kept).toEqual([]);
    expect(stats().dropped).toEqual({ spool_corrupt: 1 });
    expect(lines.join("\n")).toContain("1 samples dropped (spool_corrupt)");
  });

  it("counts and logs what the spool drops", () => {
    const { spool, stats, lines } = start();
    spool.events?.onDrop("spool_full", 7, "it is full");
    spool.events?.onWarning("spool_torn", "half a record");
    expect(stats().dropped).toEqual({ spool_full: 7 });
    expect(lines).toEqual(["7 samples dropped (spool_full): it is full", "half a record"]);
  });
});

describe("a spool that fails", () => {
  it("leaves what it does not accept in memory, behind what it has, and takes it when it works again", async () => {
    const { accept, delivery, runtime, spool, sent, answer, lines, stats } = start();
    await accept(roundWith(1));
    spool.failure = new Error("disk full");
    for (const value of [2, 3]) {
      const failure = await delivery.deliver([roundWith(value)]);
      expect(failure?.message).toBe("queued, in memory only, as the spool failed: disk full");
    }
    expect(lines[0]).toBe("1 samples are only in memory: the spool failed: disk full");
    expect(stats()).toMatchObject({ queue: { samples: 3 }, spool: { samples: 1 } });
    spool.failure = undefined;
    await accept(roundWith(4));
    expect(spool.accepted.map(valuesOf)).toEqual([[1], [2], [3], [4]]);
    for (let i = 0; i < 4; i++) await answer(acknowledged);
    await runtime.advance(0);
    expect(sent()).toEqual([[1], [2], [3], [4]]);
  });

  it("does not keep what is in memory from being sent", async () => {
    const { accept, spool, sent, answer, stats } = start();
    spool.failure = new Error("disk full");
    await accept(roundWith(1));
    await answer(acknowledged);
    expect(sent()).toEqual([[1]]);
    expect(stats()).toMatchObject({ acknowledged: { samples: 1 }, dropped: {}, queue: { rounds: 0 } });
  });

  it("drops the oldest in memory where that is full, too", async () => {
    const { accept, runtime, spool, answer, stats, sent } = start(undefined, { maxSamples: 3 });
    spool.failure = new Error("disk full");
    await accept(roundWith(1));
    await answer(retryable());
    await accept(roundWith(2, 3));
    await accept(roundWith(4, 5));
    expect(stats().dropped).toEqual({ queue_full: 2 });
    await runtime.advance(100);
    await answer(acknowledged);
    await answer(acknowledged);
    expect(sent()).toEqual([[1], [1], [4, 5]]);
  });

  it("is read again with the next export, and what is in memory goes meanwhile", async () => {
    const { accept, runtime, spool, sent, answer, lines } = start();
    spool.readFailure = new Error("no permission");
    await accept(roundWith(1));
    await runtime.advance(0);
    expect(sent()).toEqual([]);
    expect(lines).toEqual(["the spool cannot be read: no permission"]);
    spool.readFailure = undefined;
    await accept(roundWith(2));
    await answer(acknowledged);
    await answer(acknowledged);
    expect(sent()).toEqual([[1], [2]]);
  });
});

describe("the end of a delivery by way of a spool", () => {
  it("E7: flushes until everything is sent", async () => {
    const { accept, delivery, answer, runtime } = start();
    await accept(roundWith(1));
    void delivery.deliver([roundWith(2)]);
    let isFlushed = false;
    const flushed = delivery.flush(1000).then(() => (isFlushed = true));
    await answer(acknowledged);
    expect(isFlushed).toBe(false);
    await answer(acknowledged);
    await runtime.advance(0);
    expect(await flushed).toBe(true);
  });

  it("E7: flushes for a limited time, and for none where nothing has come since", async () => {
    const { accept, delivery, runtime } = start();
    await accept(roundWith(1));
    const flushed = delivery.flush(1000);
    await runtime.advance(1000);
    await flushed;
    await delivery.flush(1000);
    await accept(roundWith(2));
    let isFlushed = false;
    const again = delivery.flush(1000).then(() => (isFlushed = true));
    await runtime.advance(999);
    expect(isFlushed).toBe(false);
    await runtime.advance(1);
    await again;
  });

  it("leaves what is not acknowledged in the spool, and drops nothing", async () => {
    const { accept, delivery, runtime, spool, stats, isClosed, lines } = start();
    await accept(roundWith(1, 2));
    const ended = delivery.shutdown(1000);
    await runtime.advance(1000);
    await ended;
    expect(spool.kept.map(valuesOf)).toEqual([[1, 2]]);
    expect(spool.isClosed).toBe(true);
    expect(isClosed()).toBe(true);
    // Its request was cut off; the next process sends it again.
    expect(stats()).toMatchObject({ dropped: {}, unconfirmed: 0, spool: { samples: 2 }, inFlight: 0 });
    expect(lines).toContain("2 samples are left in the spool, for the next process to send");
  });

  it("leaves the whole of a record in the spool that was being sent in parts", async () => {
    const { accept, delivery, answer, runtime, spool, stats } = start();
    await accept(roundWith(1, 2, 3, 4));
    await answer(tooLarge);
    await answer(acknowledged);
    const ended = delivery.shutdown(1000);
    await runtime.advance(1000);
    await ended;
    expect(spool.kept.map(valuesOf)).toEqual([[1, 2, 3, 4]]);
    expect(stats()).toMatchObject({
      acknowledged: { samples: 2 },
      dropped: {},
      unconfirmed: 0,
      spool: { samples: 4 },
    });
  });

  it("leaves in the spool what comes with the shutdown, and what was in memory if it is taken now", async () => {
    const { accept, delivery, runtime, spool, stats } = start();
    spool.failure = new Error("disk full");
    await accept(roundWith(1));
    await accept(roundWith(2));
    await runtime.advance(0);
    spool.failure = undefined;
    const ended = delivery.shutdown(1000, [roundWith(3)]);
    await runtime.advance(1000);
    await ended;
    expect(spool.kept.flatMap(valuesOf).toSorted((one, other) => one - other)).toEqual([1, 2, 3]);
    expect(stats().dropped).toEqual({});
  });

  it("drops what is only in memory", async () => {
    const { accept, delivery, runtime, spool, stats } = start();
    spool.failure = new Error("disk full");
    await accept(roundWith(1));
    await accept(roundWith(2, 3));
    const ended = delivery.shutdown(1000);
    await runtime.advance(1000);
    await ended;
    const { dropped, unconfirmed } = stats();
    expect(dropped).toEqual({ shutdown: 2 });
    expect(unconfirmed).toBe(1);
  });
});
