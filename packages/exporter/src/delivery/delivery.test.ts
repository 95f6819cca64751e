import { describe, expect, it } from "vitest";
import { fromBinary } from "@bufbuild/protobuf";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import { createBatch } from "../batches/batch.js";
import { createRateLimitedLog } from "../log/rate-limited-log.js";
import { type QueueOptions, resolveQueueOptions } from "../options/queue-options.js";
import { gauges, roundWith } from "../sending/sending.test-support.js";
import { createStatsRecorder } from "../stats/stats-recorder.js";
import { createFakeClient, createManualRuntime, roundOf } from "./delivery.test-support.js";
import { acknowledged, partialWrite, refused, retryable, tooLarge } from "./outcomes.test-support.js";
import { createDelivery } from "./delivery.js";

function start(queueOptions: QueueOptions = {}) {
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

/** What stands in a request, where all samples are of one time. */
function namesOf(bytes: Uint8Array): string {
  const { timeseries } = fromBinary(WriteRequestSchema, bytes);
  const names = timeseries.map(({ labels }) => labels[0]?.value).join(" ");
  return `${names} @${timeseries[0]?.samples[0]?.timestamp}`;
}

/** What a promise has come to so far. */
function watch<T>(promise: Promise<T>): { value: T | "pending" } {
  const watched: { value: T | "pending" } = { value: "pending" };
  const follow = async (): Promise<void> => {
    watched.value = await promise;
  };
  void follow();
  return watched;
}

describe("delivery", () => {
  it("answers an export when all its Rounds are acknowledged", async () => {
    const { runtime, requests, delivery, stats } = start();
    const result = watch(delivery.deliver([roundOf(createBatch(), 3), roundOf(createBatch(), 4)]));
    await runtime.advance(0);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(result.value).toBe("pending");
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    expect(result.value).toBeUndefined();
    expect(stats()).toMatchObject({
      acknowledged: { samples: 7 },
      queue: { rounds: 0, samples: 0, bytes: 0 },
    });
  });

  it("answers an export of nothing at once", async () => {
    const { runtime, requests, delivery } = start();
    const result = watch(delivery.deliver([]));
    await runtime.advance(0);
    expect(result.value).toBeUndefined();
    expect(requests).toHaveLength(0);
  });

  it("W1.19: has one Round of a batch on its way, and different batches side by side", async () => {
    const { runtime, requests, delivery } = start();
    const [one, other] = [createBatch(), createBatch()];
    void delivery.deliver([roundOf(one, 1), roundOf(other, 2)]);
    void delivery.deliver([roundOf(one, 3)]);
    await runtime.advance(0);
    expect(requests).toHaveLength(2);
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    expect(requests).toHaveLength(2);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(requests).toHaveLength(3);
  });

  it("has at most maxParallelSends requests on their way", async () => {
    const { runtime, requests, delivery } = start({ maxParallelSends: 2 });
    void delivery.deliver(Array.from({ length: 5 }, () => roundOf(createBatch())));
    await runtime.advance(0);
    expect(requests).toHaveLength(2);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(requests).toHaveLength(3);
  });

  it("W1.20: sends again what a retry may help, later each time, and answers the export at once", async () => {
    const { runtime, requests, delivery, stats } = start({ minBackoffMillis: 100, maxBackoffMillis: 150 });
    const result = watch(delivery.deliver([roundOf(createBatch())]));
    await runtime.advance(0);
    requests[0]?.answer(retryable());
    await runtime.advance(99);
    expect(result.value).toMatchObject({
      message: "queued, will be retried: the receiver said server_error",
    });
    expect(requests).toHaveLength(1);
    await runtime.advance(1);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.attempt).toBe(1);
    expect(requests[1]?.bytes).toEqual(requests[0]?.bytes);
    requests[1]?.answer(retryable());
    await runtime.advance(149);
    expect(requests).toHaveLength(2);
    await runtime.advance(1);
    requests[2]?.answer(acknowledged);
    await runtime.advance(0);
    expect(stats()).toMatchObject({ acknowledged: { samples: 1 }, dropped: {}, retries: 2 });
  });

  it("W2.23: leaves the endpoint alone for as long as it asks", async () => {
    const { runtime, requests, delivery } = start();
    void delivery.deliver([roundOf(createBatch())]);
    await runtime.advance(0);
    requests[0]?.answer(retryable(7000));
    await runtime.advance(0);
    void delivery.deliver([roundOf(createBatch())]);
    await runtime.advance(6999);
    expect(requests).toHaveLength(1);
    await runtime.advance(1);
    expect(requests).toHaveLength(3);
  });

  it("answers an export at once while the endpoint fails: the SDK collects nothing meanwhile", async () => {
    const { runtime, requests, delivery } = start();
    void delivery.deliver([roundOf(createBatch())]);
    await runtime.advance(0);
    requests[0]?.answer(retryable(60_000));
    await runtime.advance(0);
    const result = watch(delivery.deliver([roundOf(createBatch())]));
    await runtime.advance(0);
    expect(result.value).toMatchObject({
      message: "queued, will be retried: the receiver said server_error",
    });
  });

  it("answers an export whose Rounds stand behind one that fails again", async () => {
    const { runtime, requests, delivery } = start({ minBackoffMillis: 100 });
    const [one, other] = [createBatch(), createBatch()];
    void delivery.deliver([roundOf(one), roundOf(other)]);
    await runtime.advance(0);
    requests[0]?.answer(retryable());
    await runtime.advance(100);
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    const result = watch(delivery.deliver([roundOf(one)]));
    await runtime.advance(0);
    expect(result.value).toBe("pending");
    requests[2]?.answer(retryable());
    await runtime.advance(0);
    expect(requests).toHaveLength(3);
    expect(result.value).toMatchObject({
      message: expect.stringMatching(/^queued, will be retried/) as string,
    });
  });

  it("answers an export at once while the endpoint is left alone, though others got through", async () => {
    const { runtime, requests, delivery } = start();
    void delivery.deliver([roundOf(createBatch()), roundOf(createBatch())]);
    await runtime.advance(0);
    requests[0]?.answer(retryable(60_000));
    await runtime.advance(0);
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    const result = watch(delivery.deliver([roundOf(createBatch())]));
    await runtime.advance(0);
    expect(result.value).toMatchObject({
      message: expect.stringMatching(/^queued, will be retried/) as string,
    });
  });

  it("W1.21: drops what is refused, says why and goes on", async () => {
    const { runtime, requests, delivery, stats, lines } = start();
    const batch = createBatch();
    const result = watch(delivery.deliver([roundOf(batch, 5)]));
    void delivery.deliver([roundOf(batch, 1)]);
    await runtime.advance(0);
    requests[0]?.answer(refused);
    await runtime.advance(0);
    expect(result.value).toMatchObject({ message: "the receiver said bad_request" });
    expect(stats().dropped).toEqual({ bad_request: 5 });
    expect(lines).toEqual(["5 samples dropped (bad_request) of m: the receiver said bad_request"]);
    expect(requests).toHaveLength(2);
  });

  it("E6: tells how many requests of an export failed", async () => {
    const { runtime, requests, delivery } = start();
    const result = watch(delivery.deliver([roundOf(createBatch()), roundOf(createBatch())]));
    await runtime.advance(0);
    requests[0]?.answer(refused);
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    expect(result.value).toMatchObject({ message: "1 of 2 requests failed: the receiver said bad_request" });
  });

  it("E12: drops samples that were tried for longer than sampleAgeLimitMillis", async () => {
    const { runtime, requests, delivery, stats } = start({ sampleAgeLimitMillis: 10_000 });
    void delivery.deliver([roundOf(createBatch(), 2)]);
    await runtime.advance(0);
    requests[0]?.answer(retryable(11_000));
    await runtime.advance(11_000);
    expect(requests).toHaveLength(1);
    expect(stats()).toMatchObject({ dropped: { too_old: 2 }, queue: { rounds: 0 } });
  });

  it("E10: a step of the clock makes no sample old, and none young", async () => {
    const { runtime, requests, delivery, stats } = start({ sampleAgeLimitMillis: 10_000 });
    void delivery.deliver([roundOf(createBatch())]);
    await runtime.advance(0);
    requests[0]?.answer(retryable(9000));
    await runtime.advance(0);
    runtime.stepClock(3_600_000);
    await runtime.advance(9000);
    expect(requests).toHaveLength(2);
    requests[1]?.answer(retryable(2000));
    await runtime.advance(0);
    runtime.stepClock(-7_200_000);
    await runtime.advance(2000);
    expect(requests).toHaveLength(2);
    expect(stats().dropped).toEqual({ too_old: 1 });
  });

  it("answers an export by what becomes of it once the endpoint answers again, even with a refusal", async () => {
    const { runtime, requests, delivery } = start();
    void delivery.deliver([roundOf(createBatch())]);
    await runtime.advance(0);
    requests[0]?.answer(retryable());
    await runtime.advance(5000);
    requests[1]?.answer(refused);
    await runtime.advance(0);
    const result = watch(delivery.deliver([roundOf(createBatch())]));
    await runtime.advance(0);
    expect(result.value).toBe("pending");
    requests[2]?.answer(acknowledged);
    await runtime.advance(0);
    expect(result.value).toBeUndefined();
  });

  it("W1.19: divides a batch and its queue on a 413, in order, and answers the exports as before", async () => {
    const { runtime, requests, delivery, stats } = start();
    const batch = createBatch();
    const series = gauges(4);
    const rounds = [1000, 2000, 3000].map((timestamp) => ({ batch, round: roundWith(series, timestamp) }));
    const results = rounds.map((round) => watch(delivery.deliver([round])));
    const flushed = watch(delivery.flush(60_000));
    await runtime.advance(0);
    expect(stats().queue).toMatchObject({ rounds: 3, samples: 12 });
    requests[0]?.answer(tooLarge);
    await runtime.advance(0);
    expect(stats()).toMatchObject({ queue: { rounds: 6, samples: 12 }, inFlight: 2, dropped: {} });
    for (let next = 1; next < 7; next++) {
      requests[next]?.answer(acknowledged);
      await runtime.advance(0);
    }
    expect(
      requests
        .slice(1)
        .map(({ bytes }) => namesOf(bytes))
        .toSorted(),
    ).toEqual([1000, 2000, 3000].flatMap((at) => [`m0 m1 @${at}`, `m2 m3 @${at}`]).toSorted());
    for (const half of ["m0 m1", "m2 m3"]) {
      const times = requests
        .slice(1)
        .map(({ bytes }) => namesOf(bytes))
        .filter((text) => text.startsWith(half));
      expect(times).toEqual([`${half} @1000`, `${half} @2000`, `${half} @3000`]);
    }
    expect(results.map(({ value }) => value)).toEqual([undefined, undefined, undefined]);
    expect(flushed.value).toBeUndefined();
    expect(stats()).toMatchObject({
      acknowledged: { samples: 12 },
      queue: { rounds: 0, bytes: 0 },
      inFlight: 0,
    });
  });

  it("E4: drops the oldest Round where the queue is full, and never one of the export under way", async () => {
    const { runtime, requests, delivery, stats } = start({ maxSamples: 10 });
    const batch = createBatch();
    const first = watch(delivery.deliver([roundOf(batch, 4)]));
    const second = watch(delivery.deliver([roundOf(batch, 5)]));
    await runtime.advance(0);
    const third = watch(delivery.deliver([roundOf(batch, 6)]));
    await runtime.advance(0);
    expect([first.value, third.value]).toEqual(["pending", "pending"]);
    expect(second.value).toMatchObject({
      message: expect.stringContaining("5 samples dropped (queue_full) of m: the queue is full"),
    });
    expect(stats().dropped).toEqual({ queue_full: 5 });

    void delivery.deliver([roundOf(batch, 50)]);
    expect(stats()).toMatchObject({ dropped: { queue_full: 11 }, queue: { samples: 54 } });
    expect(requests).toHaveLength(1);
  });
});

describe("flush and shutdown", () => {
  it("E7: a flush waits for what was queued before it, through retries", async () => {
    const { runtime, requests, delivery } = start();
    const batch = createBatch();
    void delivery.deliver([roundOf(batch)]);
    const flushed = watch(delivery.flush(60_000));
    await runtime.advance(0);
    void delivery.deliver([roundOf(batch)]);
    requests[0]?.answer(retryable());
    await runtime.advance(1000);
    expect(flushed.value).toBe("pending");
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    expect(flushed.value).toBeUndefined();
    expect(requests).toHaveLength(3);
  });

  it("W2.23: a flush that would end within a pause has one more attempt", async () => {
    const { runtime, requests, delivery } = start();
    void delivery.deliver([roundOf(createBatch())]);
    const flushed = watch(delivery.flush(20_000));
    await runtime.advance(0);
    requests[0]?.answer(retryable(120_000));
    await runtime.advance(999);
    expect(requests).toHaveLength(1);
    await runtime.advance(1);
    expect(requests).toHaveLength(2);
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    expect(flushed.value).toBeUndefined();
  });

  it("W2.23: a flush that begins in a pause that it cannot outlast has one attempt, and ends if that fails", async () => {
    const { runtime, requests, delivery, stats } = start();
    void delivery.deliver([roundOf(createBatch())]);
    await runtime.advance(0);
    requests[0]?.answer(retryable(120_000));
    await runtime.advance(10_000);
    const flushed = watch(delivery.flush(20_000));
    await runtime.advance(1000);
    expect(requests).toHaveLength(2);
    requests[1]?.answer(retryable(120_000));
    await runtime.advance(0);
    expect(flushed.value).toBeUndefined();
    expect(stats().queue.rounds).toBe(1);
    await runtime.advance(119_999);
    expect(requests).toHaveLength(2);
    await runtime.advance(1);
    expect(requests).toHaveLength(3);
  });

  it("a flush does not end in a pause that it can outlast", async () => {
    const { runtime, requests, delivery } = start({ minBackoffMillis: 1000, maxBackoffMillis: 1000 });
    void delivery.deliver([roundOf(createBatch())]);
    const flushed = watch(delivery.flush(20_000));
    await runtime.advance(0);
    for (let attempt = 0; attempt < 15; attempt++) {
      requests[attempt]?.answer(retryable());
      await runtime.advance(1000);
      expect(flushed.value).toBe("pending");
      expect(requests).toHaveLength(attempt + 2);
    }
  });

  it("a flush ends at its limit, and what is queued stays queued", async () => {
    const { runtime, delivery, stats } = start();
    void delivery.deliver([roundOf(createBatch())]);
    const flushed = watch(delivery.flush(5000));
    await runtime.advance(4999);
    expect(flushed.value).toBe("pending");
    await runtime.advance(1);
    expect(flushed.value).toBeUndefined();
    expect(stats().queue.rounds).toBe(1);
  });

  it("a shutdown waits for what a flush that ended early has left of the limit", async () => {
    const { runtime, delivery } = start();
    void delivery.deliver([roundOf(createBatch())]);
    void delivery.flush(5000);
    await runtime.advance(4999);
    const shutdown = watch(delivery.shutdown(5000));
    await runtime.advance(1);
    expect(shutdown.value).toBeUndefined();
  });

  it("a shutdown after a flush that ran into its limit does not wait for the same Rounds again", async () => {
    const { runtime, delivery, stats } = start();
    void delivery.deliver([roundOf(createBatch())]);
    void delivery.flush(5000);
    await runtime.advance(5000);
    const shutdown = watch(delivery.shutdown(5000));
    await runtime.advance(0);
    expect(shutdown.value).toBeUndefined();
    expect(stats().queue.rounds).toBe(0);
  });

  it("shutdown gives up what is not acknowledged by its limit, counts it, and closes the client", async () => {
    const { runtime, requests, delivery, stats, isClosed } = start({ maxParallelSends: 1 });
    const onItsWay = watch(delivery.deliver([roundOf(createBatch(), 2)]));
    const waiting = watch(delivery.deliver([roundOf(createBatch(), 3)]));
    const shutdown = watch(delivery.shutdown(1000));
    await runtime.advance(1000);
    expect(shutdown.value).toBeUndefined();
    expect(onItsWay.value).toBeInstanceOf(Error);
    expect(waiting.value).toBeInstanceOf(Error);
    expect(stats()).toMatchObject({
      unconfirmed: 2,
      dropped: { shutdown: 3 },
      queue: { rounds: 0 },
      inFlight: 0,
    });
    expect(isClosed()).toBe(true);
    await runtime.advance(600_000);
    expect(requests).toHaveLength(1);
  });

  it("a Round that has gone in part is in the queue with the rest of it only", async () => {
    const { runtime, requests, delivery, stats } = start();
    void delivery.deliver([{ batch: createBatch(), round: roundWith(gauges(4)) }]);
    await runtime.advance(0);
    requests[0]?.answer(refused);
    await runtime.advance(0);
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    expect(stats()).toMatchObject({ acknowledged: { samples: 2 }, queue: { samples: 2 }, inFlight: 1 });
    requests[2]?.answer(retryable());
    await runtime.advance(0);
    expect(stats()).toMatchObject({ acknowledged: { samples: 2 }, queue: { samples: 2 }, inFlight: 0 });
  });

  it("a shutdown sends last Rounds after those of the same batch", async () => {
    const { runtime, requests, delivery, stats } = start();
    const batch = createBatch();
    void delivery.deliver([roundOf(batch, 2)]);
    const shutdown = watch(delivery.shutdown(1000, [roundOf(batch, 3)]));
    await runtime.advance(0);
    expect(requests).toHaveLength(1);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(shutdown.value).toBe("pending");
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    expect(shutdown.value).toBeUndefined();
    expect(stats()).toMatchObject({ acknowledged: { samples: 5 }, dropped: {} });
  });

  it("last Rounds do not make a shutdown longer when a flush ran into its limit: they are dropped, too", async () => {
    const { runtime, delivery, stats } = start({ maxParallelSends: 1 });
    const [first, second] = [createBatch(), createBatch()];
    void delivery.deliver([roundOf(first, 2)]);
    void delivery.flush(5000);
    await runtime.advance(5000);
    const shutdown = watch(delivery.shutdown(5000, [roundOf(first, 3), roundOf(second, 4)]));
    await runtime.advance(0);
    expect(shutdown.value).toBeUndefined();
    expect(stats()).toMatchObject({ unconfirmed: 2, dropped: { shutdown: 7 } });
  });
});

describe("a batch knows whether its series may have arrived:", () => {
  it("while Rounds are queued, and once one was acknowledged", async () => {
    const { runtime, requests, delivery } = start();
    const batch = createBatch();
    void delivery.deliver([roundOf(batch)]);
    expect(batch).toMatchObject({ unsettledRounds: new Set([0]), hasArrived: false });
    await runtime.advance(0);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(batch).toMatchObject({ unsettledRounds: new Set(), hasArrived: true });
  });

  it("not when all was refused, but when a part was written", async () => {
    const { runtime, requests, delivery } = start({ bisectOnBadRequest: false });
    const [nothing, part] = [createBatch(), createBatch()];
    void delivery.deliver([roundOf(nothing, 2), roundOf(part, 2)]);
    await runtime.advance(0);
    requests[0]?.answer(refused);
    requests[1]?.answer(partialWrite({ samples: 1 }));
    await runtime.advance(0);
    expect(nothing).toMatchObject({ unsettledRounds: new Set(), hasArrived: false });
    expect(part).toMatchObject({ unsettledRounds: new Set(), hasArrived: true });
  });
});
