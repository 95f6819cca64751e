import { describe, expect, it } from "vitest";
import { createManualRuntime } from "./delivery.test-support.js";
import { createEndpointPause } from "./endpoint-pause.js";

function start() {
  const runtime = createManualRuntime();
  const ends: number[] = [];
  const pause = createEndpointPause(runtime, { minMillis: 100, maxMillis: 1000 }, 3, () => {
    ends.push(runtime.monotonic());
  });
  return { runtime, pause, ends };
}

describe("a pause of the endpoint", () => {
  it("W1.20: doubles with each, up to the longest, and begins anew after a success", async () => {
    const { runtime, pause, ends } = start();
    for (let i = 0; i < 6; i++) {
      pause.start(undefined, false);
      await runtime.advance(pause.leftMillis());
    }
    pause.reset();
    pause.start(undefined, false);
    await runtime.advance(1000);
    const lengths = ends.map((end, i) => end - (ends[i - 1] ?? 0));
    expect(lengths).toEqual([100, 200, 400, 800, 1000, 1000, 100]);
  });

  it("is one for all requests that fail side by side", async () => {
    const { runtime, pause } = start();
    for (let i = 0; i < 5; i++) pause.start(undefined, false);
    expect(pause.leftMillis()).toBe(100);
    await runtime.advance(100);
    expect(pause.isRunning()).toBe(false);
    pause.start(undefined, false);
    expect(pause.leftMillis()).toBe(200);
  });

  it("W2.23: lasts for the longest time that the receiver asked for", () => {
    const { pause } = start();
    pause.start(5000, false);
    pause.start(undefined, false);
    expect(pause.leftMillis()).toBe(5000);
    pause.start(7000, false);
    pause.start(2000, false);
    expect(pause.leftMillis()).toBe(7000);
  });

  it("has the usual backoff where the receiver asks for no time at all", () => {
    const { pause } = start();
    pause.start(0, false);
    expect(pause.leftMillis()).toBe(100);
  });

  it("E10: is not changed by a step of the clock", async () => {
    const { runtime, pause, ends } = start();
    pause.start(5000, false);
    runtime.stepClock(-3_600_000);
    expect(pause.leftMillis()).toBe(5000);
    await runtime.advance(5000);
    expect(ends).toEqual([5000]);
  });

  it("can be cut short, but not made longer by that", async () => {
    const { runtime, pause, ends } = start();
    pause.start(5000, false);
    pause.cutTo(6000);
    expect(pause.leftMillis()).toBe(5000);
    pause.cutTo(1000);
    await runtime.advance(1000);
    expect(ends).toEqual([1000]);
  });

  it("says nothing after it was cancelled", async () => {
    const { runtime, pause, ends } = start();
    pause.start(5000, false);
    pause.cancel();
    expect(pause.isRunning()).toBe(false);
    await runtime.advance(10_000);
    expect(ends).toEqual([]);
  });

  it("after a rate limit lets requests go one at a time, and one more with each that is taken", async () => {
    const { runtime, pause } = start();
    expect([0, 1, 2, 3].map((inFlight) => pause.allows(inFlight))).toEqual([true, true, true, false]);
    pause.start(undefined, true);
    expect(pause.allows(0)).toBe(false);
    await runtime.advance(100);
    expect([0, 1].map((inFlight) => pause.allows(inFlight))).toEqual([true, false]);
    for (let i = 0; i < 5; i++) pause.reset();
    expect([2, 3].map((inFlight) => pause.allows(inFlight))).toEqual([true, false]);
  });

  it("after another failure as many go as before", async () => {
    const { runtime, pause } = start();
    pause.start(undefined, false);
    await runtime.advance(100);
    expect(pause.allows(2)).toBe(true);
  });
});
