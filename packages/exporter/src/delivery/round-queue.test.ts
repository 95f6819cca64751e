import { describe, expect, it } from "vitest";
import { createBatch } from "../batches/batch.js";
import { roundOf } from "./delivery.test-support.js";
import { createQueuedRound, type QueuedRound } from "./queued-round.js";
import { createRoundQueue } from "./round-queue.js";

function queued(sequence: number, batch = createBatch()): QueuedRound {
  return createQueuedRound(roundOf(batch), {
    sequence,
    queuedMillis: sequence,
    awaitedUntil: undefined,
    onDelayed: () => undefined,
  });
}

describe("the queue", () => {
  it("takes out the oldest of all batches, and none that is on its way", () => {
    const queue = createRoundQueue();
    const [one, other] = [createBatch(), createBatch()];
    for (const round of [queued(0, one), queued(1, other), queued(2, one), queued(3, other)])
      queue.add(round);
    queue.startNext();
    const removed = queue.removeOldest(({ sequence }) => sequence < 3);
    expect(removed.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(queue.totals()).toMatchObject({ rounds: 2, samples: 2 });
  });

  it("looks at each Round once for that, however many batches there are", () => {
    const queue = createRoundQueue();
    for (let sequence = 0; sequence < 300; sequence++) queue.add(queued(sequence));
    let looks = 0;
    queue.removeOldest(({ sequence }) => {
      looks++;
      return sequence < 200;
    });
    expect(looks).toBe(201);
  });

  it("counts what a Round takes in memory beside its samples, as it may have only one", () => {
    const queue = createRoundQueue();
    for (let sequence = 0; sequence < 100; sequence++) queue.add(queued(sequence));
    // Measured: 200 kB.
    expect(queue.totals().bytes).toBeGreaterThan(150_000);
    expect(queue.totals().bytes).toBeLessThan(250_000);
  });
});
