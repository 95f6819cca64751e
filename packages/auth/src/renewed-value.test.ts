import { describe, expect, it } from "vitest";
import { createRenewedValue, type ExpiringValue } from "./renewed-value.js";

function createValue(lifetimes: readonly (readonly [renewIn: number, expiresIn: number])[]) {
  const state = { now: 1_000_000, fetched: 0, down: false };
  const value = createRenewedValue<string>({
    now: () => state.now,
    timeoutMillis: 1000,
    createTimeoutError: () => new Error("took too long"),
    async fetch() {
      state.fetched++;
      if (state.down) throw new Error("down");
      const [renewIn, expiresIn] = lifetimes[state.fetched - 1] ?? [60, 100];
      return {
        value: `value ${state.fetched}`,
        renewAtMillis: state.now + renewIn,
        expiresAtMillis: state.now + expiresIn,
      };
    },
  });
  return { state, value };
}

const { signal } = new AbortController();

describe("createRenewedValue", () => {
  it("fetches when it is asked first, and keeps the value until it is to be renewed", async () => {
    const { state, value } = createValue([]);
    expect(state.fetched).toBe(0);
    expect(await value.get(signal)).toBe("value 1");
    state.now += 59;
    expect(await value.get(signal)).toBe("value 1");
    state.now += 1;
    expect(await value.get(signal)).toBe("value 2");
    expect(state.fetched).toBe(2);
  });

  it("fetches once for all who ask at the same time", async () => {
    const { state, value } = createValue([]);
    const values = await Promise.all([value.get(signal), value.get(signal), value.get(signal)]);
    expect(values).toEqual(["value 1", "value 1", "value 1"]);
    expect(state.fetched).toBe(1);
  });

  it("fetches each time what has no end that is known to be later", async () => {
    const { value } = createValue([[-Infinity, -Infinity]]);
    expect(await value.get(signal)).toBe("value 1");
    expect(await value.get(signal)).toBe("value 2");
  });

  it("gives the old value until its end where no new one can be had, and asks again", async () => {
    const { state, value } = createValue([]);
    await value.get(signal);
    state.down = true;
    state.now += 99;
    expect(await value.get(signal)).toBe("value 1");
    state.now += 1;
    await expect(value.get(signal)).rejects.toThrow("down");
    state.down = false;
    expect(await value.get(signal)).toBe("value 4");
  });

  it("does not take a value that comes after all have left, and another one was fetched", async () => {
    const late = Promise.withResolvers<ExpiringValue<string>>();
    const next = Promise.withResolvers<ExpiringValue<string>>();
    const waiting = [late, next];
    const value = createRenewedValue<string>({
      now: () => 0,
      timeoutMillis: 1000,
      createTimeoutError: () => new Error("took too long"),
      fetch: () => waiting.shift()?.promise ?? Promise.reject(new Error("asked too often")),
    });
    const until = { renewAtMillis: Infinity, expiresAtMillis: Infinity };
    const leaving = new AbortController();
    const left = value.get(leaving.signal);
    leaving.abort(new Error("given up"));
    await expect(left).rejects.toThrow("given up");
    const present = value.get(signal);
    next.resolve({ value: "next", ...until });
    expect(await present).toBe("next");
    late.resolve({ value: "late", ...until });
    await late.promise;
    expect(await value.get(signal)).toBe("next");
  });

  it("drops a value that was refused, and no other", async () => {
    const { state, value } = createValue([]);
    await value.get(signal);
    value.discard((present) => present === "an older one");
    expect(await value.get(signal)).toBe("value 1");
    value.discard((present) => present === "value 1");
    state.down = true;
    await expect(value.get(signal)).rejects.toThrow("down");
    state.down = false;
    expect(await value.get(signal)).toBe("value 3");
  });

  it("drops what may be refused once in ten seconds at most, and says so to whoever gives it", async () => {
    const told: boolean[] = [];
    let now = 1_000_000;
    const value = createRenewedValue<number>({
      now: () => now,
      timeoutMillis: 1000,
      createTimeoutError: () => new Error("took too long"),
      async fetch(_signal, refused) {
        return { value: told.push(refused), renewAtMillis: Infinity, expiresAtMillis: Infinity };
      },
    });
    const doubt = async (doubted: number): Promise<number> => {
      value.discardDoubtful((present) => present === doubted);
      return await value.get(signal);
    };
    expect(await value.get(signal)).toBe(1);
    expect(await doubt(7)).toBe(1);
    expect(await doubt(1)).toBe(2);
    now += 9999;
    expect(await doubt(2)).toBe(2);
    now += 1;
    expect(await doubt(2)).toBe(3);
    value.discard(() => true);
    expect(await value.get(signal)).toBe(4);
    expect(told).toEqual([false, true, true, true]);
  });
});
