import { describe, expect, it } from "vitest";
import { fromBinary } from "@bufbuild/protobuf";
import { WriteRequestSchema } from "@otel-remote-write/prompb/v1";
import { createBatch } from "../batches/batch.js";
import { gauges, roundWith } from "../sending/sending.test-support.js";
import { roundOf } from "./delivery.test-support.js";
import { acknowledged, partialWrite, refused, retryable, tooLarge } from "./outcomes.test-support.js";
import { startDelivery, watch } from "./start-delivery.test-support.js";

/** What stands in a request, where all samples are of one time. */
function namesOf(bytes: Uint8Array): string {
  const { timeseries } = fromBinary(WriteRequestSchema, bytes);
  const names = timeseries.map(({ labels }) => labels[0]?.value).join(" ");
  return `${names} @${timeseries[0]?.samples[0]?.timestamp}`;
}

describe("delivery", () => {
  it("answers an export when all its Rounds are acknowledged", async () => {
    const { runtime, requests, delivery, stats } = startDelivery();
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
    const { runtime, requests, delivery } = startDelivery();
    const result = watch(delivery.deliver([]));
    await runtime.advance(0);
    expect(result.value).toBeUndefined();
    expect(requests).toHaveLength(0);
  });

  it("W1.19: has one Round of a batch on its way, and different batches side by side", async () => {
    const { runtime, requests, delivery } = startDelivery();
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
    const { runtime, requests, delivery } = startDelivery({ maxParallelSends: 2 });
    void delivery.deliver(Array.from({ length: 5 }, () => roundOf(createBatch())));
    await runtime.advance(0);
    expect(requests).toHaveLength(2);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(requests).toHaveLength(3);
  });

  it("W1.20: sends again what a retry may help, later each time, and answers the export at once", async () => {
    const { runtime, requests, delivery, stats } = startDelivery({
      minBackoffMillis: 100,
      maxBackoffMillis: 150,
    });
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
    const { runtime, requests, delivery } = startDelivery();
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
    const { runtime, requests, delivery } = startDelivery();
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
    const { runtime, requests, delivery } = startDelivery({ minBackoffMillis: 100 });
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
    const { runtime, requests, delivery } = startDelivery();
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
    const { runtime, requests, delivery, stats, lines } = startDelivery();
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
    const { runtime, requests, delivery } = startDelivery();
    const result = watch(delivery.deliver([roundOf(createBatch()), roundOf(createBatch())]));
    await runtime.advance(0);
    requests[0]?.answer(refused);
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    expect(result.value).toMatchObject({ message: "1 of 2 requests failed: the receiver said bad_request" });
  });

  it("E12: drops samples that were tried for longer than sampleAgeLimitMillis", async () => {
    const { runtime, requests, delivery, stats } = startDelivery({ sampleAgeLimitMillis: 10_000 });
    void delivery.deliver([roundOf(createBatch(), 2)]);
    await runtime.advance(0);
    requests[0]?.answer(retryable(11_000));
    await runtime.advance(11_000);
    expect(requests).toHaveLength(1);
    expect(stats()).toMatchObject({ dropped: { too_old: 2 }, queue: { rounds: 0 } });
  });

  it("E10: a step of the clock makes no sample old, and none young", async () => {
    const { runtime, requests, delivery, stats } = startDelivery({ sampleAgeLimitMillis: 10_000 });
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
    const { runtime, requests, delivery } = startDelivery();
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
    const { runtime, requests, delivery, stats } = startDelivery();
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
    const { runtime, requests, delivery, stats } = startDelivery({ maxSamples: 10 });
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

describe("a batch knows whether its series may have arrived:", () => {
  it("while Rounds are queued, and once one was acknowledged", async () => {
    const { runtime, requests, delivery } = startDelivery();
    const batch = createBatch();
    void delivery.deliver([roundOf(batch)]);
    expect(batch).toMatchObject({ unsettledRounds: new Set([0]), hasArrived: false });
    await runtime.advance(0);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(batch).toMatchObject({ unsettledRounds: new Set(), hasArrived: true });
  });

  it("not when all was refused, but when a part was written", async () => {
    const { runtime, requests, delivery } = startDelivery({ bisectOnBadRequest: false });
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
