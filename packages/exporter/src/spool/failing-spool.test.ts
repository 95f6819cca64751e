import { describe, expect, it } from "vitest";
import { acknowledged, retryable } from "../delivery/outcomes.test-support.js";
import { valuesOf } from "./memory-spool.test-support.js";
import { roundWith, startSpoolDelivery } from "./spool-delivery.test-support.js";

describe("a spool that fails", () => {
  it("leaves what it does not accept in memory, behind what it has, and takes it when it works again", async () => {
    const { accept, delivery, runtime, spool, sent, answer, lines, stats } = startSpoolDelivery();
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
    const { accept, spool, sent, answer, stats } = startSpoolDelivery();
    spool.failure = new Error("disk full");
    await accept(roundWith(1));
    await answer(acknowledged);
    expect(sent()).toEqual([[1]]);
    expect(stats()).toMatchObject({ acknowledged: { samples: 1 }, dropped: {}, queue: { rounds: 0 } });
  });

  it("drops the oldest in memory where that is full, too", async () => {
    const { accept, runtime, spool, answer, stats, sent, lines } = startSpoolDelivery(undefined, {
      maxSamples: 3,
    });
    spool.failure = new Error("disk full");
    await accept(roundWith(1));
    await answer(retryable());
    await accept(roundWith(2, 3));
    await accept(roundWith(4, 5));
    expect(stats().dropped).toEqual({ queue_full: 2 });
    expect(lines.join("\n")).toContain("2 samples dropped (queue_full) of m2, m3: ");
    await runtime.advance(100);
    await answer(acknowledged);
    await answer(acknowledged);
    expect(sent()).toEqual([[1], [1], [4, 5]]);
  });

  it("is read again with the next export, and what is in memory goes meanwhile", async () => {
    const { accept, runtime, spool, sent, answer, lines } = startSpoolDelivery();
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
