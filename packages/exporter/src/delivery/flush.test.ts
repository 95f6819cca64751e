import { describe, expect, it } from "vitest";
import { createBatch } from "../batches/batch.js";
import { gauges, roundWith } from "../sending/sending.test-support.js";
import { roundOf } from "./delivery.test-support.js";
import { acknowledged, refused, retryable } from "./outcomes.test-support.js";
import { startDelivery, watch } from "./start-delivery.test-support.js";

describe("flush and shutdown", () => {
  it("E7: a flush waits for what was queued before it, through retries", async () => {
    const { runtime, requests, delivery } = startDelivery();
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
    const { runtime, requests, delivery } = startDelivery();
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
    const { runtime, requests, delivery, stats } = startDelivery();
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
    const { runtime, requests, delivery } = startDelivery({ minBackoffMillis: 1000, maxBackoffMillis: 1000 });
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
    const { runtime, delivery, stats } = startDelivery();
    void delivery.deliver([roundOf(createBatch())]);
    const flushed = watch(delivery.flush(5000));
    await runtime.advance(4999);
    expect(flushed.value).toBe("pending");
    await runtime.advance(1);
    expect(flushed.value).toBeUndefined();
    expect(stats().queue.rounds).toBe(1);
  });

  it("a shutdown waits for what a flush that ended early has left of the limit", async () => {
    const { runtime, delivery } = startDelivery();
    void delivery.deliver([roundOf(createBatch())]);
    void delivery.flush(5000);
    await runtime.advance(4999);
    const shutdown = watch(delivery.shutdown(5000));
    await runtime.advance(1);
    expect(shutdown.value).toBeUndefined();
  });

  it("a shutdown with less time than a flush that is under way ends both", async () => {
    const { runtime, delivery } = startDelivery();
    void delivery.deliver([roundOf(createBatch())]);
    const flushed = watch(delivery.flush(5000));
    const shutdown = watch(delivery.shutdown(1000));
    await runtime.advance(1000);
    expect([flushed.value, shutdown.value]).toEqual([undefined, undefined]);
  });

  it("a shutdown after a flush that ran into its limit does not wait for the same Rounds again", async () => {
    const { runtime, delivery, stats } = startDelivery();
    void delivery.deliver([roundOf(createBatch())]);
    void delivery.flush(5000);
    await runtime.advance(5000);
    const shutdown = watch(delivery.shutdown(5000));
    await runtime.advance(0);
    expect(shutdown.value).toBeUndefined();
    expect(stats().queue.rounds).toBe(0);
  });

  it("shutdown gives up what is not acknowledged by its limit, counts it, and closes the client", async () => {
    const { runtime, requests, delivery, stats, isClosed } = startDelivery({ maxParallelSends: 1 });
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
    const { runtime, requests, delivery, stats } = startDelivery();
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
    const { runtime, requests, delivery, stats } = startDelivery();
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
    const { runtime, delivery, stats } = startDelivery({ maxParallelSends: 1 });
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
