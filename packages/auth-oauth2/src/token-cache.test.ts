import type { RefusedAttempt } from "@otel-remote-write/auth";
import { describe, expect, it } from "vitest";
import { createOAuth2Auth } from "./create-oauth2-auth.js";
import { createAuthRequest } from "./testing/auth-request.js";
import { sendJson, sendToken, startTokenServer, type Answer } from "./testing/token-server.js";

async function start(expiresIn?: number) {
  const server = await startTokenServer();
  if (expiresIn !== undefined) {
    server.answer = (response) => sendToken(response, `token-${server.requests.length}`, expiresIn);
  }
  const clock = { now: 1_700_000_000_000 };
  const options = { clientId: "metrics", clientSecret: "s3cr3t", tokenUrl: server.tokenUrl };
  const plugin = createOAuth2Auth(options, () => clock.now);
  const authorize = async (signal?: AbortSignal): Promise<string | undefined> =>
    (await plugin.authorize(createAuthRequest(signal)))["authorization"];
  return { server, clock, plugin, authorize };
}

function refusedHeaders(authorization: string): RefusedAttempt {
  return { headers: { authorization }, signal: new AbortController().signal };
}

const down: Answer = (response) => sendJson(response, 503, {});

describe("a token", () => {
  it.each([
    [3600, 3540],
    [100, 75],
    [1, 0.75],
  ])("of %d s is kept for %d s and then renewed", async (expiresIn, renewedAfter) => {
    const { clock, authorize } = await start(expiresIn);
    expect(await authorize()).toBe("Bearer token-1");
    clock.now += renewedAfter * 1000 - 1;
    expect(await authorize()).toBe("Bearer token-1");
    clock.now += 1;
    expect(await authorize()).toBe("Bearer token-2");
  });

  it("of no time is used once", async () => {
    const { authorize } = await start(0);
    expect([await authorize(), await authorize()]).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  it("without expires_in is kept until it is refused", async () => {
    const { server, clock, plugin, authorize } = await start();
    server.answer = (response) =>
      sendJson(response, 200, { access_token: `token-${server.requests.length}`, token_type: "Bearer" });
    await authorize();
    clock.now += 1e12;
    expect(await authorize()).toBe("Bearer token-1");
    expect(await plugin.onUnauthorized?.()).toBe(true);
    expect(await authorize()).toBe("Bearer token-2");
  });

  it("is asked for once, however many requests wait for it", async () => {
    const { server, authorize } = await start();
    const headers = await Promise.all(Array.from({ length: 20 }, () => authorize()));
    expect(new Set(headers)).toEqual(new Set(["Bearer token-1"]));
    expect(server.requests).toHaveLength(1);
  });

  it("serves until its end while no other one can be had", async () => {
    const { server, clock, authorize } = await start();
    const up = server.answer;
    await authorize();
    server.answer = down;
    clock.now += 3_599_999;
    expect(await authorize()).toBe("Bearer token-1");
    clock.now += 1;
    await expect(authorize()).rejects.toThrow("answered 503; it is asked again with the next attempt");
    server.answer = up;
    expect(await authorize()).toBe(`Bearer token-${server.requests.length}`);
  });
});

describe("cancelling", () => {
  it("one request does not end the token request that another one waits for", async () => {
    const { server, authorize } = await start();
    const arrived = Promise.withResolvers<() => void>();
    const answer = server.answer;
    server.answer = (response, request) => arrived.resolve(() => answer(response, request));
    const leaving = new AbortController();
    const first = authorize(leaving.signal);
    const second = authorize();
    const release = await arrived.promise;
    leaving.abort(new Error("given up"));
    await expect(first).rejects.toThrow("given up");
    release();
    expect(await second).toBe("Bearer token-1");
    expect(server.requests).toHaveLength(1);
  });

  it("the last request ends the token request, and the next one starts another", async () => {
    const { server, authorize } = await start();
    const closed = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const answer = server.answer;
    server.answer = (response) => {
      response.on("close", closed.resolve);
      arrived.resolve();
    };
    const leaving = new AbortController();
    const first = authorize(leaving.signal);
    await arrived.promise;
    leaving.abort(new Error("given up"));
    await expect(first).rejects.toThrow("given up");
    await closed.promise;
    server.answer = answer;
    expect(await authorize()).toBe("Bearer token-2");
  });
});

describe("after a 401", () => {
  it("another token is fetched, once for all requests that were refused", async () => {
    const { server, plugin, authorize } = await start();
    await authorize();
    const refused = refusedHeaders("Bearer token-1");
    const renewed = await Promise.all([plugin.onUnauthorized?.(refused), plugin.onUnauthorized?.(refused)]);
    expect(renewed).toEqual([true, true]);
    // One that was refused before, and comes late.
    expect(await plugin.onUnauthorized?.(refused)).toBe(true);
    expect(await authorize()).toBe("Bearer token-2");
    expect(server.requests).toHaveLength(2);
  });

  it("the same token again is not worth another attempt", async () => {
    const { server, plugin, authorize } = await start();
    server.answer = (response) => sendToken(response, "the only one");
    await authorize();
    expect(await plugin.onUnauthorized?.(refusedHeaders("Bearer the only one"))).toBe(false);
    expect(await plugin.onUnauthorized?.()).toBe(false);
    expect(server.requests).toHaveLength(3);
  });

  it("a token endpoint that is down makes an attempt that fails and is retried, not the last one", async () => {
    const { server, plugin, authorize } = await start();
    const up = server.answer;
    await authorize();
    server.answer = down;
    expect(await plugin.onUnauthorized?.(refusedHeaders("Bearer token-1"))).toBe(true);
    await expect(authorize()).rejects.toThrow("answered 503");
    server.answer = up;
    expect(await authorize()).toBe("Bearer token-4");
  });
});

it("after a 403 the next request fetches another token, once in ten seconds at most", async () => {
  const { clock, plugin, authorize } = await start(3600);
  const refuse = async (): Promise<string | undefined> => {
    plugin.onForbidden?.(refusedHeaders((await authorize()) ?? ""));
    return await authorize();
  };
  expect(await refuse()).toBe("Bearer token-2");
  clock.now += 9999;
  expect(await refuse()).toBe("Bearer token-2");
  clock.now += 1;
  expect(await refuse()).toBe("Bearer token-3");
});
