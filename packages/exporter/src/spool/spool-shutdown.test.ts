import { describe, expect, it } from "vitest";
import { acknowledged, tooLarge } from "../delivery/outcomes.test-support.js";
import { valuesOf } from "./memory-spool.test-support.js";
import { roundWith, startSpoolDelivery } from "./spool-delivery.test-support.js";

describe("the end of a delivery by way of a spool", () => {
  it("E7: flushes until everything is sent", async () => {
    const { accept, delivery, answer, runtime } = startSpoolDelivery();
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
    const { accept, delivery, runtime } = startSpoolDelivery();
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
    const { accept, delivery, runtime, spool, stats, isClosed, lines } = startSpoolDelivery();
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
    const { accept, delivery, answer, runtime, spool, stats } = startSpoolDelivery();
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
    const { accept, delivery, runtime, spool, stats } = startSpoolDelivery();
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
    const { accept, delivery, runtime, spool, stats } = startSpoolDelivery();
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
