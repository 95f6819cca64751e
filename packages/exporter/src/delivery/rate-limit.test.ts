import { expect, it } from "vitest";
import { createBatch } from "../batches/batch.js";
import { createMemorySpool } from "../spool/memory-spool.test-support.js";
import { roundWith, startSpoolDelivery } from "../spool/spool-delivery.test-support.js";
import { type FakeRequest, type ManualRuntime, roundOf } from "./delivery.test-support.js";
import { acknowledged, limited } from "./outcomes.test-support.js";
import { startDelivery } from "./start-delivery.test-support.js";

const count = 30;

/** Answers like a gateway that takes a request every half second, whatever is in it; until as many were taken. */
async function takeTwoASecond(runtime: ManualRuntime, requests: readonly FakeRequest[]) {
  let free = -Infinity;
  let taken = 0;
  let next = 0;
  while (taken < count && runtime.monotonic() < 60_000) {
    await runtime.advance(5);
    for (; next < requests.length; next++) {
      const isFree = runtime.monotonic() >= free;
      if (isFree) free = runtime.monotonic() + 500;
      if (isFree) taken++;
      requests[next]?.answer(isFree ? acknowledged : limited);
    }
  }
  await runtime.advance(0);
  return { taken, refused: next - taken, millis: runtime.monotonic() };
}

it("W1.22: a limit on requests is kept to with few that it refuses, and none is divided for it", async () => {
  const { runtime, requests, delivery, stats } = startDelivery({ maxParallelSends: 5 });
  void delivery.deliver(Array.from({ length: count }, () => roundOf(createBatch())));
  const { taken, refused, millis } = await takeTwoASecond(runtime, requests);
  expect(stats()).toMatchObject({ acknowledged: { samples: count }, dropped: {}, queue: { rounds: 0 } });
  expect(taken).toBe(count);
  // The limit takes them in 15 s; a backoff may wait twice as long as it has to.
  expect(millis).toBeLessThan(31_000);
  expect(refused).toBeLessThan(6 * count);
});

it("W1.22: so it is where what is sent comes from a spool", async () => {
  const { runtime, requests, stats, accept } = startSpoolDelivery(createMemorySpool(), {
    maxParallelSends: 5,
  });
  await accept(...Array.from({ length: count }, (_, i) => roundWith(i, i)));
  const { refused, millis } = await takeTwoASecond(runtime, requests);
  expect(stats()).toMatchObject({ acknowledged: { samples: 2 * count }, dropped: {} });
  expect(millis).toBeLessThan(31_000);
  expect(refused).toBeLessThan(6 * count);
});
