import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type { AuthPlugin, AuthRequest } from "@otel-remote-write/auth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearerAuth, type BearerAuthOptions } from "./bearer-auth.js";

// Goes through everything that can be made to go wrong, and looks for this in what comes out.
const token = "marker-token";
const request: AuthRequest = {
  method: "POST",
  url: new URL("https://example.com/api/v1/write"),
  headers: {},
  body: new Uint8Array(),
  attempt: 1,
  signal: new AbortController().signal,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bearer-auth-secrets-"));
});
afterAll(() => rm(folder, { recursive: true }));

function showsSecret(value: unknown): boolean {
  const stack = value instanceof Error ? `${value.message} ${value.stack}` : "";
  const shown = `${inspect(value, { depth: null, showHidden: true })} ${JSON.stringify(value)} ${stack}`;
  return shown.includes("marker");
}

async function failureOf(plugin: AuthPlugin): Promise<Error> {
  const failure: unknown = await Promise.resolve(plugin.authorize(request)).catch((error: unknown) => error);
  if (failure instanceof Error) return failure;
  throw new Error("authorize should have failed");
}

describe("bearerAuth shows no secret", () => {
  it("in the plugin, before and after use", async () => {
    const tokenFile = join(folder, "token");
    await writeFile(tokenFile, `${token}\n`);
    for (const plugin of [
      bearerAuth({ token }),
      bearerAuth({ tokenFile }),
      bearerAuth({ getToken: () => token }),
      bearerAuth({ getToken: async () => token }),
    ]) {
      expect(showsSecret(plugin)).toBe(false);
      expect(await plugin.authorize(request)).toEqual({ authorization: `Bearer ${token}` });
      await plugin.onUnauthorized?.();
      expect(showsSecret(plugin)).toBe(false);
    }
  });

  it.each<[string, unknown]>([
    ["options that are a text", token],
    ["options that are an array", [token]],
    ["a line break in the token", { token: `${token}\n${token}` }],
    ["a token beyond ASCII", { token: `${token}ä` }],
    ["the scheme in the token", { token: `Bearer ${token}` }],
    ["a token in an object", { token: { token } }],
    ["two tokens", { token, tokenFile: token }],
    ["an unknown key", { token, tokn: token }],
    ["a getToken that is no function", { getToken: token }],
    ["a path with a line break, as of a file's content", { tokenFile: `${token}\n` }],
  ])("in the error for %s", (_case, options) => {
    let error: unknown;
    try {
      bearerAuth(options as BearerAuthOptions);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TypeError);
    expect(showsSecret(error)).toBe(false);
  });

  it.each([
    ["two lines", `${token}\n${token}`],
    ["a control character", `${token}\0`],
    ["the scheme", `Bearer ${token}`],
    ["characters beyond ASCII", `${token}ä`],
    ["too much", token.padEnd(70_000, token)],
    ["another encoding", Buffer.from(`${token}ä`, "latin1")],
  ])("in the error for a file with %s", async (name, content) => {
    const tokenFile = join(folder, name);
    await writeFile(tokenFile, content);
    const plugin = bearerAuth({ tokenFile });
    expect(showsSecret(await failureOf(plugin))).toBe(false);
    expect(showsSecret(plugin)).toBe(false);
  });

  it.each<[string, () => unknown]>([
    ["two lines", () => `${token}\n${token}`],
    ["the scheme", () => `Bearer ${token}`],
    ["characters beyond ASCII", () => `${token}ä`],
    ["an object", () => ({ token })],
    ["an array", async () => [token]],
  ])("in the error for a callback that gives %s", async (_case, getToken) => {
    expect(showsSecret(await failureOf(bearerAuth({ getToken: getToken as () => string })))).toBe(false);
  });

  it.each<[string, unknown]>([
    ["an error that quotes it", new Error(token)],
    ["a text", token],
    ["an object", { token }],
    ["an error with a cause", new Error("failed", { cause: new Error(token) })],
    ["several errors", new AggregateError([new Error(token)], token)],
    [
      "an error with properties",
      Object.assign(new Error("failed"), { config: { token }, code: token, name: token }),
    ],
  ])("in the error for a callback that throws %s", async (_case, thrown) => {
    for (const getToken of [
      () => {
        throw thrown;
      },
      // oxlint-disable-next-line prefer-promise-reject-errors -- callbacks do
      () => Promise.reject(thrown),
    ]) {
      const plugin = bearerAuth({ getToken });
      expect(showsSecret(await failureOf(plugin))).toBe(false);
      expect(showsSecret(plugin)).toBe(false);
    }
  });
});
