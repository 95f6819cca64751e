import { describe, expect, it } from "vitest";
import { acknowledged, refused, retryable, tooLarge } from "../delivery/outcomes.test-support.js";
import { createMemorySpool, valuesOf } from "./memory-spool.test-support.js";
import { recordOf, roundWith, sentValues, startSpoolDelivery } from "./spool-delivery.test-support.js";

describe("delivery by way of a spool", () => {
  it("has given the spool what is exported before it returns", () => {
    const { delivery, spool, stats } = startSpoolDelivery();
    void delivery.deliver([roundWith(1, 2), roundWith(3)]);
    expect(spool.accepted.map(valuesOf)).toEqual([[1, 2], [3]]);
    expect(stats()).toMatchObject({
      acknowledged: { samples: 0 },
      queue: { samples: 3 },
      spool: { samples: 3 },
    });
  });

  it("E6: answers an export when everything is acknowledged", async () => {
    const { delivery, answer, runtime, requests } = startSpoolDelivery();
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
    const { delivery, answer } = startSpoolDelivery();
    const dropped = delivery.deliver([roundWith(1)]);
    await answer(refused);
    expect((await dropped)?.message).toBe(refused.error.message);
    const delayed = delivery.deliver([roundWith(2)]);
    await answer(retryable());
    expect((await delayed)?.message).toBe(`queued, will be retried: ${retryable().error.message}`);
    expect(await delivery.deliver([roundWith(3)])).toBe(await delayed);
    const behind = startSpoolDelivery(createMemorySpool([await recordOf(1)]));
    expect((await behind.delivery.deliver([roundWith(2)]))?.message).toBe(
      "queued, will be sent after 1 samples that are in the spool",
    );
  });

  it("sends what was accepted together side by side, and what came later after it", async () => {
    const { accept, runtime, spool, sent, answer, stats } = startSpoolDelivery();
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
    const { accept, runtime, sent, answer } = startSpoolDelivery(undefined, { maxParallelSends: 2 });
    await accept(roundWith(1), roundWith(2), roundWith(3));
    await runtime.advance(0);
    expect(sent()).toEqual([[1], [2]]);
    await answer(acknowledged);
    expect(sent()).toEqual([[1], [2], [3]]);
  });

  it("acknowledges to the spool only what everything before is done with", async () => {
    const { accept, runtime, spool, requests } = startSpoolDelivery();
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
    const { accept, runtime, sent, answer } = startSpoolDelivery(createMemorySpool([await recordOf(1)]));
    await accept(roundWith(2));
    await runtime.advance(0);
    expect(sent()).toEqual([[1]]);
    await answer(acknowledged);
    expect(sent()).toEqual([[1], [2]]);
  });

  it("H7: sends again after a failure", async () => {
    const { accept, runtime, sent, answer, spool, stats } = startSpoolDelivery();
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
    const { accept, runtime, sent, answer, spool, stats, lines } = startSpoolDelivery();
    await accept(roundWith(1, 2));
    await answer(retryable());
    runtime.stepClock(3_600_000);
    await accept(roundWith(3));
    await runtime.advance(100);
    expect(sent()).toEqual([[1, 2], [3]]);
    await answer(acknowledged);
    expect(spool.kept).toEqual([]);
    expect(stats()).toMatchObject({ dropped: { too_old: 2 }, acknowledged: { samples: 1 } });
    expect(lines.join("\n")).toContain("2 samples dropped (too_old) of m1, m2: ");
  });

  it("drops what the receiver refuses, and finds the series that it refuses", async () => {
    const { accept, sent, answer, requests, spool, stats } = startSpoolDelivery();
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
    const { accept, requests, runtime, spool, stats } = startSpoolDelivery();
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
    const { accept, sent, answer } = startSpoolDelivery();
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
    const { accept, answer, spool, stats, sent, lines } = startSpoolDelivery(createMemorySpool([record]));
    await accept(roundWith(2));
    await answer(acknowledged);
    expect(sent()).toEqual([[2]]);
    expect(spool.kept).toEqual([]);
    expect(stats().dropped).toEqual({ spool_corrupt: 1 });
    expect(lines.join("\n")).toContain("1 samples dropped (spool_corrupt)");
  });

  it("counts and logs what the spool drops", () => {
    const { spool, stats, lines } = startSpoolDelivery();
    spool.events?.onDrop("spool_full", 7, "it is full");
    spool.events?.onWarning("spool_torn", "half a record");
    expect(stats().dropped).toEqual({ spool_full: 7 });
    expect(lines).toEqual(["7 samples dropped (spool_full): it is full", "half a record"]);
  });
});
