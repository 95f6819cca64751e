import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createSharedCall } from "./shared-call.js";

interface Call {
  readonly signal: AbortSignal;
  resolve(value: string): void;
  reject(error: Error): void;
}

function createCalls() {
  const calls: Call[] = [];
  const shared = createSharedCall<string>({
    call: (signal) => new Promise((resolve, reject) => calls.push({ signal, resolve, reject })),
    timeoutMillis: 1000,
    createTimeoutError: () => new Error("took too long"),
  });
  const last = (): Call => {
    const call = calls.at(-1);
    if (call === undefined) throw new Error("there was no call");
    return call;
  };
  return { calls, shared, last };
}

const never = new AbortController().signal;
afterEach(() => {
  vi.useRealTimers();
});

describe("createSharedCall", () => {
  it("calls once for all who ask meanwhile, and again for who asks later", async () => {
    const { calls, shared, last } = createCalls();
    const both = Promise.all([shared(never), shared(never)]);
    last().resolve("first");
    expect(await both).toEqual(["first", "first"]);
    const later = shared(never);
    last().resolve("second");
    expect(await later).toBe("second");
    expect(calls).toHaveLength(2);
  });

  it("gives a failure to all who wait, and calls again for who asks later", async () => {
    const { shared, last } = createCalls();
    const both = Promise.allSettled([shared(never), shared(never)]);
    const reason = new Error("down");
    last().reject(reason);
    expect(await both).toEqual([
      { status: "rejected", reason },
      { status: "rejected", reason },
    ]);
    const later = shared(never);
    last().resolve("up");
    expect(await later).toBe("up");
  });

  it("lets one who is aborted leave, and the others wait on", async () => {
    const { calls, shared, last } = createCalls();
    const leaving = new AbortController();
    const first = shared(leaving.signal);
    const second = shared(never);
    leaving.abort(new Error("given up"));
    await expect(first).rejects.toThrow("given up");
    expect(last().signal.aborted).toBe(false);
    last().resolve("value");
    expect(await second).toBe("value");
    expect(calls).toHaveLength(1);
  });

  it("aborts the call when the last one has left, and starts another for who asks then", async () => {
    const { calls, shared, last } = createCalls();
    const leaving = [new AbortController(), new AbortController()];
    const waits = Promise.allSettled(leaving.map(({ signal }) => shared(signal)));
    for (const controller of leaving) controller.abort();
    await waits;
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true]);
    const later = shared(never);
    last().resolve("value");
    expect(await later).toBe("value");
    expect(calls).toHaveLength(2);
  });

  it("does not call for one who is aborted already", async () => {
    const { calls, shared } = createCalls();
    await expect(shared(AbortSignal.abort(new Error("too late")))).rejects.toThrow("too late");
    expect(calls).toEqual([]);
  });

  it("ends a call that takes too long, though it ignores its signal and others keep coming", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { calls, shared, last } = createCalls();
    const first = shared(never);
    vi.advanceTimersByTime(900);
    const second = shared(never);
    const waits = Promise.allSettled([first, second]);
    vi.advanceTimersByTime(100);
    expect((await waits).map((wait) => wait.status)).toEqual(["rejected", "rejected"]);
    await expect(first).rejects.toThrow("took too long");
    expect(last().signal.aborted).toBe(true);
    const third = shared(never);
    last().resolve("value");
    expect(await third).toBe("value");
    expect(calls).toHaveLength(2);
  });

  it("does not keep the process alive", () => {
    const start = vi.spyOn(globalThis, "setTimeout");
    onTestFinished(() => start.mockRestore());
    const { shared } = createCalls();
    void shared(never);
    expect(start.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([false]);
  });

  it("leaves no timer behind", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { shared, last } = createCalls();
    const wait = shared(never);
    expect(vi.getTimerCount()).toBe(1);
    last().resolve("value");
    await wait;
    expect(vi.getTimerCount()).toBe(0);
  });
});
