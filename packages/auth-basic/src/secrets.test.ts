import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type { AuthRequest } from "@otel-remote-write/auth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basicAuth, type BasicAuthOptions } from "./basic-auth.js";

// Goes through everything that can be made to go wrong, and looks for these in what comes out.
const username = "marker-user";
const password = "marker-password-ä";
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
  folder = await mkdtemp(join(tmpdir(), "basic-auth-secrets-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Both as they are and in base64, whatever stands before them. */
const forms = ["marker", ...[`${username}:${password}`, password].map((text) => btoa(text).slice(0, 12))];

function secretsShownBy(value: unknown): string[] {
  const stack = value instanceof Error ? `${value.message} ${value.stack}` : "";
  const shown = `${inspect(value, { depth: null, showHidden: true })} ${JSON.stringify(value)} ${stack}`;
  return forms.filter((form) => shown.includes(form));
}

describe("basicAuth shows no secret", () => {
  it("in the plugin, before and after use", async () => {
    const passwordFile = join(folder, "password");
    await writeFile(passwordFile, `${password}\n`);
    for (const plugin of [basicAuth({ username, password }), basicAuth({ username, passwordFile })]) {
      expect(secretsShownBy(plugin)).toEqual([]);
      await plugin.authorize(request);
      await plugin.onUnauthorized?.();
      expect(secretsShownBy(plugin)).toEqual([]);
    }
  });

  it.each<[string, unknown]>([
    ["options that are a text", `${username}:${password}`],
    ["options that are an array", [username, password]],
    ["no user name", { password }],
    ["no password", { username }],
    ["a colon in the user name", { username: `${username}:${password}`, password }],
    ["a line break in the user name", { username: `${username}\n`, password }],
    ["a line break in the password", { username, password: `${password}\n` }],
    ["a password in an object", { username, password: { password } }],
    ["two passwords", { username, password, passwordFile: password }],
    ["an unknown key", { username, password, passwrd: password }],
    ["a path with a line break, as of a file's content", { username, passwordFile: `${password}\n` }],
  ])("in the error for %s", (_case, options) => {
    let error: unknown;
    try {
      basicAuth(options as BasicAuthOptions);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TypeError);
    expect(secretsShownBy(error)).toEqual([]);
  });

  it.each([
    ["two lines", `${password}\n${password}`],
    ["a control character", `${password}\0`],
    ["too much", password.padEnd(70_000, password)],
    ["another encoding", Buffer.from(password, "latin1")],
  ])("in the error for a file with %s", async (name, content) => {
    const passwordFile = join(folder, name);
    await writeFile(passwordFile, content);
    const plugin = basicAuth({ username, passwordFile });
    const error: unknown = await Promise.resolve(plugin.authorize(request)).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(Error);
    expect(secretsShownBy(error)).toEqual([]);
    expect(secretsShownBy(plugin)).toEqual([]);
  });
});
