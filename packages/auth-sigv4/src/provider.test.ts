import type { AwsCredentialIdentityProvider, MemoizedProvider } from "@smithy/types";
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import { createSigV4Auth } from "./create-sigv4-auth.js";
import type { AwsCredentials, AwsCredentialsProvider } from "./credentials.js";
import { createAuthRequest } from "./testing/auth-request.js";

const region = "eu-central-1";
const minute = 60_000;

/** A provider of temporary credentials, as of a role: each call gives other ones. */
function createRole(lifetimeMillis: number | undefined) {
  const state = { now: Date.parse("2026-11-10T12:00:00Z"), calls: 0, down: false };
  const plugin = createSigV4Auth(
    {
      region,
      async credentials(): Promise<AwsCredentials> {
        state.calls++;
        if (state.down) throw new Error("the metadata service is down");
        const expiration = lifetimeMillis === undefined ? undefined : new Date(state.now + lifetimeMillis);
        return {
          accessKeyId: `ASIA${state.calls}`,
          secretAccessKey: "secret",
          sessionToken: `session-${state.calls}`,
          expiration,
        };
      },
    },
    () => state.now,
  );
  const sessionOf = async (): Promise<string | undefined> =>
    (await plugin.authorize(createAuthRequest()))["x-amz-security-token"];
  return { state, plugin, sessionOf };
}

describe("a provider", () => {
  it("is of the kind that the AWS SDK has", () => {
    expectTypeOf<AwsCredentialIdentityProvider>().toExtend<AwsCredentialsProvider>();
  });

  it("is asked again five minutes before its credentials end", async () => {
    const { state, sessionOf } = createRole(60 * minute);
    expect(await sessionOf()).toBe("session-1");
    state.now += 55 * minute - 1;
    expect(await sessionOf()).toBe("session-1");
    state.now += 1;
    expect(await sessionOf()).toBe("session-2");
  });

  it("of credentials without an end is asked for every attempt", async () => {
    const { sessionOf } = createRole(undefined);
    expect([await sessionOf(), await sessionOf()]).toEqual(["session-1", "session-2"]);
  });

  it("is asked once by all attempts that wait", async () => {
    const { state, sessionOf } = createRole(undefined);
    await Promise.all(Array.from({ length: 20 }, sessionOf));
    expect(state.calls).toBe(1);
  });

  it("that is down does not matter until the credentials end", async () => {
    const { state, sessionOf } = createRole(60 * minute);
    await sessionOf();
    state.down = true;
    state.now += 60 * minute - 1;
    expect(await sessionOf()).toBe("session-1");
    state.now += 1;
    await expect(sessionOf()).rejects.toThrow("sigV4Auth: the credentials provider failed (Error); check");
    state.down = false;
    expect(await sessionOf()).toBe("session-4");
  });

  it("is asked after a 401, and other credentials are worth one more attempt", async () => {
    const { state, plugin } = createRole(60 * minute);
    const { signal } = new AbortController();
    const headers = await plugin.authorize(createAuthRequest());
    const refused = { headers, signal };
    expect(await Promise.all([plugin.onUnauthorized?.(refused), plugin.onUnauthorized?.(refused)])).toEqual([
      true,
      true,
    ]);
    expect(await plugin.onUnauthorized?.(refused)).toBe(true);
    expect(state.calls).toBe(2);
    state.down = true;
    expect(
      await plugin.onUnauthorized?.({ headers: await plugin.authorize(createAuthRequest()), signal }),
    ).toBe(true);
  });

  it("that gives the same key with another session after a 401 is worth one more attempt", async () => {
    let sessions = 0;
    const credentials = (): AwsCredentials => ({
      accessKeyId: "ASIA1",
      secretAccessKey: "secret",
      sessionToken: `session-${++sessions}`,
    });
    const plugin = createSigV4Auth({ region, credentials }, Date.now);
    await plugin.authorize(createAuthRequest());
    expect(await plugin.onUnauthorized?.()).toBe(true);
  });

  it("that gives the same credentials after a 401 ends it", async () => {
    const credentials = { accessKeyId: "AKIA1", secretAccessKey: "secret" };
    const plugin = createSigV4Auth({ region, credentials: () => credentials }, Date.now);
    expect(await plugin.onUnauthorized?.()).toBe(false);
    await plugin.authorize(createAuthRequest());
    expect(await plugin.onUnauthorized?.()).toBe(false);
  });

  it("is asked after a 403, once in ten seconds at most", async () => {
    const { state, plugin, sessionOf } = createRole(60 * minute);
    const refuse = async (): Promise<string | undefined> => {
      const headers = await plugin.authorize(createAuthRequest());
      plugin.onForbidden?.({ headers, signal: new AbortController().signal });
      return await sessionOf();
    };
    expect(await refuse()).toBe("session-2");
    expect(await refuse()).toBe("session-2");
    state.now += 10_000;
    expect(await refuse()).toBe("session-3");
  });

  it("of the SDK, which keeps what it has, is told that it was refused", async () => {
    let key = 0;
    let kept: AwsCredentials | undefined;
    const credentials: MemoizedProvider<AwsCredentials> = async ({ forceRefresh = false } = {}) => {
      if (kept === undefined || forceRefresh) {
        kept = { accessKeyId: `AKIA${++key}`, secretAccessKey: "secret" };
      }
      return kept;
    };
    const plugin = createSigV4Auth({ region, credentials }, Date.now);
    const keyOf = async (): Promise<string | undefined> =>
      /=(AKIA\d)/.exec((await plugin.authorize(createAuthRequest()))["authorization"] ?? "")?.[1];
    expect([await keyOf(), await keyOf()]).toEqual(["AKIA1", "AKIA1"]);
    const headers = await plugin.authorize(createAuthRequest());
    plugin.onForbidden?.({ headers, signal: new AbortController().signal });
    expect([await keyOf(), await keyOf()]).toEqual(["AKIA2", "AKIA2"]);
    expect(await plugin.onUnauthorized?.()).toBe(true);
    expect(await keyOf()).toBe("AKIA3");
  });

  it("that hangs is named, and asked anew by the next attempt", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const credentials = vi
      .fn<AwsCredentialsProvider>()
      .mockReturnValueOnce(new Promise(() => undefined))
      .mockReturnValue({ accessKeyId: "AKIA1", secretAccessKey: "secret" });
    const plugin = createSigV4Auth({ region, credentials }, Date.now);
    const failure = Promise.resolve(plugin.authorize(createAuthRequest())).catch((error: unknown) => error);
    vi.advanceTimersByTime(8000);
    vi.useRealTimers();
    expect(await failure).toEqual(
      new Error(
        "sigV4Auth: the credentials provider gave none within 8 s; " +
          "can it reach what it asks (the metadata service, STS, SSO)?",
      ),
    );
    expect(await plugin.authorize(createAuthRequest())).toHaveProperty("authorization");
  });

  it("is not waited for by an attempt that is given up", async () => {
    const plugin = createSigV4Auth({ region, credentials: () => new Promise(() => undefined) }, Date.now);
    const controller = new AbortController();
    const request = createAuthRequest({ signal: controller.signal });
    const failure = Promise.resolve(plugin.authorize(request)).catch((error: unknown) => error);
    controller.abort(new Error("given up"));
    expect(await failure).toEqual(new Error("given up"));
  });

  it.each<[unknown, string]>([
    [undefined, "the result of credentials() must be an object, got undefined"],
    [null, "the result of credentials() must be an object, got null"],
    [{}, "the result of credentials().accessKeyId is missing; give a non-empty string"],
    [{ accessKeyId: "A" }, "the result of credentials().secretAccessKey is missing; give a non-empty string"],
    [
      { accessKeyId: "A", secretAccessKey: "" },
      "the result of credentials().secretAccessKey must be a non-empty string, got an empty string",
    ],
    [
      { accessKeyId: "A", secretAccessKey: "s", expiration: "2026-11-10T12:00:00Z" },
      "the result of credentials().expiration must be a valid Date, got a string",
    ],
  ])("that gives no credentials is told so: %j", async (result, problem) => {
    const plugin = createSigV4Auth({ region, credentials: () => result as AwsCredentials }, Date.now);
    await expect(async () => plugin.authorize(createAuthRequest())).rejects.toThrow(
      new TypeError(`sigV4Auth: ${problem}`),
    );
  });

  it("that fails is named with what it threw", async () => {
    const thrown = Object.assign(new Error("secret"), { name: "CredentialsProviderError" });
    const plugin = createSigV4Auth({ region, credentials: () => Promise.reject(thrown) }, Date.now);
    await expect(async () => plugin.authorize(createAuthRequest())).rejects.toThrow(
      new Error(
        "sigV4Auth: the credentials provider failed (CredentialsProviderError); check the environment, profile or " +
          "role that it reads. Its message is left out, as it may hold a secret: log it inside the provider",
      ),
    );
  });
});
