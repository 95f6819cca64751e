import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuthRequest } from "@otel-remote-write/auth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearerAuth, type BearerAuthOptions } from "./bearer-auth.js";

function createRequest(): AuthRequest {
  const url = new URL("https://example.com/api/v1/write");
  const { signal } = new AbortController();
  return { method: "POST", url, headers: {}, body: new Uint8Array(), attempt: 1, signal };
}

describe("bearerAuth with token", () => {
  it("gives the header of RFC 6750, section 2.1", () => {
    const plugin = bearerAuth({ token: "mF_9.B5f-4.1JqM" });
    expect(plugin.authorize(createRequest())).toEqual({ authorization: "Bearer mF_9.B5f-4.1JqM" });
  });

  it("takes the white space off, as an environment variable may end with a line break", () => {
    const plugin = bearerAuth({ token: " token\n" });
    expect(plugin.authorize(createRequest())).toEqual({ authorization: "Bearer token" });
  });

  it("is named bearer, and cannot renew a fixed token", () => {
    const plugin = bearerAuth({ token: "t" });
    expect(plugin.name).toBe("bearer");
    expect(plugin).not.toHaveProperty("onUnauthorized");
  });
});

describe("bearerAuth with tokenFile", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "bearer-auth-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("reads the file for every attempt, without the white space around it", async () => {
    const tokenFile = join(folder, "rotating");
    const plugin = bearerAuth({ tokenFile });
    expect(plugin.name).toBe("bearer");
    await writeFile(tokenFile, "first\n");
    expect(await plugin.authorize(createRequest())).toEqual({ authorization: "Bearer first" });
    await writeFile(tokenFile, "\r\n secnd \n\n");
    expect(await plugin.authorize(createRequest())).toEqual({ authorization: "Bearer secnd" });
  });

  it("is worth one more attempt after a 401 when the file has changed", async () => {
    const tokenFile = join(folder, "refused");
    const plugin = bearerAuth({ tokenFile });
    await writeFile(tokenFile, "old");
    await plugin.authorize(createRequest());
    expect(await plugin.onUnauthorized?.()).toBe(false);
    await writeFile(tokenFile, "new");
    expect(await plugin.onUnauthorized?.()).toBe(true);
  });

  it.each([
    ["bearer", "Bearer token", 'begins with "Bearer", which is added anyway; take it out'],
    ["ascii", "tökén", "contains a character beyond ASCII"],
    ["empty", "\n", "is empty"],
    ["lines", "one\ntwo\n", "contains a line break; it must hold the secret alone"],
  ])("names path and cause of a token that cannot be sent: %s", async (name, content, problem) => {
    const tokenFile = join(folder, name);
    await writeFile(tokenFile, content);
    await expect(async () => bearerAuth({ tokenFile }).authorize(createRequest())).rejects.toThrow(
      `bearerAuth: tokenFile "${tokenFile}" ${problem}`,
    );
  });
});

describe("bearerAuth with getToken", () => {
  it("asks for every attempt, sync or async, with the attempt's signal", async () => {
    const signals: AbortSignal[] = [];
    const sync = bearerAuth({ getToken: ({ signal }) => `t${signals.push(signal)}` });
    const async = bearerAuth({ getToken: async ({ signal }) => ` t${signals.push(signal)}\n` });
    const requests = [createRequest(), createRequest(), createRequest()] as const;
    expect(await sync.authorize(requests[0])).toEqual({ authorization: "Bearer t1" });
    expect(await sync.authorize(requests[1])).toEqual({ authorization: "Bearer t2" });
    expect(await async.authorize(requests[2])).toEqual({ authorization: "Bearer t3" });
    expect(signals).toEqual(requests.map(({ signal }) => signal));
  });

  it("is worth one more attempt after a 401 when there is another token", async () => {
    let token = "old";
    const plugin = bearerAuth({ getToken: () => token });
    await plugin.authorize(createRequest());
    expect(await plugin.onUnauthorized?.()).toBe(false);
    token = "new";
    expect(await plugin.onUnauthorized?.()).toBe(true);
  });

  it("says that the callback failed, and with what kind of error", async () => {
    const error = Object.assign(new Error("the token server said no"), { code: "ECONNREFUSED" });
    const getToken = (): never => {
      throw error;
    };
    for (const callback of [getToken, () => Promise.reject(error)]) {
      await expect(async () => bearerAuth({ getToken: callback }).authorize(createRequest())).rejects.toThrow(
        "bearerAuth: getToken failed (Error ECONNREFUSED); " +
          "its message is left out, as it may hold a secret: log it inside getToken",
      );
    }
  });

  it("recovers from a failure", async () => {
    const answers = ["", "token"];
    const plugin = bearerAuth({ getToken: () => answers.shift() ?? "" });
    await expect(async () => plugin.authorize(createRequest())).rejects.toThrow("an empty string");
    expect(await plugin.authorize(createRequest())).toEqual({ authorization: "Bearer token" });
  });

  it.each<[unknown, string]>([
    [undefined, "is missing; give a non-empty string"],
    [null, "must be a non-empty string, got null"],
    [" \n", "must be a non-empty string, got an empty string"],
    [{ token: "t", expiresOnTimestamp: 1 }, "must be a non-empty string, got an object"],
    ["one\r\nx-other: two", "contains a line break; take it out"],
    ["Bearer token", 'begins with "Bearer", which is added anyway; take it out'],
    ["tökén", "contains a character beyond ASCII"],
  ])("says what is wrong with its result: %j", async (result, problem) => {
    const plugin = bearerAuth({ getToken: () => result as string });
    await expect(async () => plugin.authorize(createRequest())).rejects.toThrow(
      `bearerAuth: the result of getToken ${problem}`,
    );
  });
});

describe("bearerAuth refuses", () => {
  it.each<[string, unknown, string]>([
    ["no options", undefined, "options must be an object, got undefined"],
    ["a text", "token", "options must be an object, got a string"],
    ["no token", {}, "token is missing; give token or tokenFile or getToken"],
    ["an undefined token", { token: undefined }, "token is missing; give token or tokenFile or getToken"],
    ["an empty token", { token: "" }, "token must be a non-empty string, got an empty string"],
    ["a blank token", { token: " \n" }, "token must be a non-empty string, got an empty string"],
    ["a token of another kind", { token: () => "t" }, "token must be a non-empty string, got a function"],
    ["a header in the token", { token: "t\r\nx-other: 1" }, "token contains a line break; take it out"],
    ["a token beyond ASCII", { token: "tökén" }, "token contains a character beyond ASCII"],
    [
      "the scheme in the token",
      { token: "bearer t" },
      'token begins with "Bearer", which is added anyway; take it out',
    ],
    ["two tokens", { token: "t", tokenFile: "f" }, "token and tokenFile are both given; keep one of them"],
    [
      "three",
      { token: "t", tokenFile: "f", getToken: () => "t" },
      "token and tokenFile and getToken are all given; keep one of them",
    ],
    ["an empty path", { tokenFile: "" }, "tokenFile must be a non-empty string, got an empty string"],
    ["a getToken that is no function", { getToken: "t" }, "getToken must be a function, got a string"],
    ["an unknown key", { tokenfile: "f" }, "tokenfile is no option; did you mean tokenFile?"],
  ])("%s", (_case, options, problem) => {
    expect(() => bearerAuth(options as BearerAuthOptions)).toThrow(new TypeError(`bearerAuth: ${problem}`));
  });
});
