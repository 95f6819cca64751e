import { describe, expect, it } from "vitest";
import type { AuthRequest } from "./auth-plugin.js";
import { createRotatingAuth } from "./rotating-auth.js";

const { signal } = new AbortController();

function createRequest(): AuthRequest {
  const url = new URL("https://example.com/write");
  const body = new Uint8Array();
  return { method: "POST", url, headers: {}, body, attempt: 1, signal: new AbortController().signal };
}

describe("createRotatingAuth", () => {
  it("makes the header anew for every attempt, with the attempt's signal", async () => {
    const signals: AbortSignal[] = [];
    const plugin = createRotatingAuth("test", async (given) => `Test ${signals.push(given)}`);
    const requests = [createRequest(), createRequest()] as const;
    expect(plugin.name).toBe("test");
    expect(await plugin.authorize(requests[0])).toEqual({ authorization: "Test 1" });
    expect(await plugin.authorize(requests[1])).toEqual({ authorization: "Test 2" });
    expect(signals).toEqual([requests[0].signal, requests[1].signal]);
  });

  it("asks for no further attempt with the header that was refused", async () => {
    const plugin = createRotatingAuth("test", async () => "Test same");
    const headers = await plugin.authorize(createRequest());
    expect(await plugin.onUnauthorized?.({ headers, signal })).toBe(false);
    expect(await plugin.onUnauthorized?.()).toBe(false);
  });

  it("asks for one more attempt with another header", async () => {
    let header = "Test old";
    const plugin = createRotatingAuth("test", async () => header);
    const headers = await plugin.authorize(createRequest());
    header = "Test new";
    expect(await plugin.onUnauthorized?.()).toBe(true);
    expect(await plugin.onUnauthorized?.({ headers, signal })).toBe(true);
    const retried = await plugin.authorize(createRequest());
    expect(await plugin.onUnauthorized?.({ headers: retried, signal })).toBe(false);
    expect(await plugin.onUnauthorized?.()).toBe(false);
  });

  it("goes by the refused attempt, where a parallel one has the new header already", async () => {
    let header = "Test old";
    const plugin = createRotatingAuth("test", async () => header);
    const before = await plugin.authorize(createRequest());
    header = "Test new";
    const after = await plugin.authorize(createRequest());
    expect(await plugin.onUnauthorized?.({ headers: before, signal })).toBe(true);
    expect(await plugin.onUnauthorized?.({ headers: after, signal })).toBe(false);
  });

  it("renews with the signal it is given", async () => {
    const signals: AbortSignal[] = [];
    const plugin = createRotatingAuth("test", async (given) => `Test ${signals.push(given)}`);
    await plugin.onUnauthorized?.({ headers: {}, signal });
    expect(signals).toEqual([signal]);
  });

  it("asks for one more attempt while there is no header: that attempt fails and is retried", async () => {
    let gone = false;
    const plugin = createRotatingAuth("test", async () => {
      if (gone) throw new Error("gone");
      return "Test old";
    });
    const headers = await plugin.authorize(createRequest());
    gone = true;
    expect(await plugin.onUnauthorized?.({ headers, signal })).toBe(true);
    await expect(async () => plugin.authorize(createRequest())).rejects.toThrow("gone");
  });

  it("has nothing to renew before the first attempt", async () => {
    expect(await createRotatingAuth("test", async () => "Test").onUnauthorized?.()).toBe(false);
  });
});
