import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuthPlugin, AuthRequest } from "@otel-remote-write/auth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { basicAuth, type BasicAuthOptions } from "./basic-auth.js";

const request: AuthRequest = {
  method: "POST",
  url: new URL("https://example.com/api/v1/write"),
  headers: {},
  body: new Uint8Array(),
  attempt: 1,
  signal: new AbortController().signal,
};

async function sentCredentials(plugin: AuthPlugin): Promise<string> {
  const headers = await plugin.authorize(request);
  expect(Object.keys(headers)).toEqual(["authorization"]);
  const [scheme, base64 = ""] = headers["authorization"]?.split(" ") ?? [];
  expect(scheme).toBe("Basic");
  return Buffer.from(base64, "base64").toString("utf8");
}

describe("basicAuth", () => {
  it("gives the header of RFC 7617, section 2", () => {
    expect(basicAuth({ username: "Aladdin", password: "open sesame" }).authorize(request)).toEqual({
      authorization: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
    });
  });

  it.each([
    ["user", "pass:word"],
    ["üser", "пароль 密码 🔑"],
    [" user ", " password with blanks around it "],
  ])("sends what was given, as UTF-8: %s", async (username, password) => {
    expect(await sentCredentials(basicAuth({ username, password }))).toBe(`${username}:${password}`);
  });

  it("is named basic, and cannot renew a fixed password", () => {
    const plugin = basicAuth({ username: "u", password: "p" });
    expect(plugin.name).toBe("basic");
    expect(plugin).not.toHaveProperty("onUnauthorized");
  });

  it("takes its options when it is made", async () => {
    const options = { username: "user", password: "password" };
    const plugin = basicAuth(options);
    options.password = "changed";
    expect(await sentCredentials(plugin)).toBe("user:password");
  });
});

describe("basicAuth with passwordFile", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "basic-auth-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("reads the file for every attempt, without the white space around it", async () => {
    const passwordFile = join(folder, "rotating");
    const plugin = basicAuth({ username: "user", passwordFile });
    expect(plugin.name).toBe("basic");
    await writeFile(passwordFile, "first\n");
    expect(await sentCredentials(plugin)).toBe("user:first");
    await writeFile(passwordFile, "\r\n secönd \n\n");
    expect(await sentCredentials(plugin)).toBe("user:secönd");
  });

  it("fails one attempt while the file is missing", async () => {
    const passwordFile = join(folder, "late");
    const plugin = basicAuth({ username: "user", passwordFile });
    await expect(async () => plugin.authorize(request)).rejects.toThrow(
      new Error(`basicAuth: passwordFile "${passwordFile}" does not exist`),
    );
    await writeFile(passwordFile, "here");
    expect(await sentCredentials(plugin)).toBe("user:here");
  });

  it("is worth one more attempt after a 401 when the file has changed", async () => {
    const passwordFile = join(folder, "refused");
    const plugin = basicAuth({ username: "user", passwordFile });
    await writeFile(passwordFile, "old");
    await plugin.authorize(request);
    expect(await plugin.onUnauthorized?.()).toBe(false);
    await writeFile(passwordFile, "new");
    expect(await plugin.onUnauthorized?.()).toBe(true);
  });
});

describe("basicAuth with usernameFile", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "basic-auth-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("reads both files for every attempt", async () => {
    const usernameFile = join(folder, "username");
    const passwordFile = join(folder, "password");
    await writeFile(usernameFile, "user-1\n");
    await writeFile(passwordFile, "first\n");
    const plugin = basicAuth({ usernameFile, passwordFile });
    expect(await sentCredentials(plugin)).toBe("user-1:first");
    await writeFile(usernameFile, "user-2");
    expect(await sentCredentials(plugin)).toBe("user-2:first");
    expect(await sentCredentials(basicAuth({ usernameFile, password: "fixed" }))).toBe("user-2:fixed");
  });

  it("fails the attempt for a colon in it", async () => {
    const usernameFile = join(folder, "colon");
    await writeFile(usernameFile, "secret:user");
    await expect(async () => basicAuth({ usernameFile, password: "p" }).authorize(request)).rejects.toThrow(
      new TypeError(
        `basicAuth: usernameFile "${usernameFile}" contains ":", where the password would begin; take it out`,
      ),
    );
  });
});

describe("basicAuth refuses", () => {
  it.each<[string, unknown, string]>([
    ["no options", undefined, "options must be an object, got undefined"],
    ["a text", "user:password", "options must be an object, got a string"],
    ["no user name", { password: "p" }, "username is missing; give username or usernameFile"],
    [
      "an empty user name",
      { username: "", password: "p" },
      "username must be a non-empty string, got an empty string",
    ],
    [
      "a user name of another kind",
      { username: 7, password: "p" },
      "username must be a non-empty string, got a number",
    ],
    [
      "a colon in the user name",
      { username: "a:b", password: "p" },
      'username contains ":", where the password would begin; take it out',
    ],
    [
      "a control character in the user name",
      { username: "a\0b", password: "p" },
      "username contains a control character; take it out",
    ],
    ["no password", { username: "u" }, "password is missing; give password or passwordFile"],
    [
      "an undefined password",
      { username: "u", password: undefined },
      "password is missing; give password or passwordFile",
    ],
    [
      "an empty password",
      { username: "u", password: "" },
      "password must be a non-empty string, got an empty string",
    ],
    [
      "a password of another kind",
      { username: "u", password: { p: 1 } },
      "password must be a non-empty string, got an object",
    ],
    [
      "a line break in the password",
      { username: "u", password: "p\n" },
      "password contains a line break; take it out",
    ],
    [
      "two passwords",
      { username: "u", password: "p", passwordFile: "f" },
      "password and passwordFile are both given; keep one of them",
    ],
    [
      "an empty path",
      { username: "u", passwordFile: "" },
      "passwordFile must be a non-empty string, got an empty string",
    ],
    [
      "two user names",
      { username: "u", usernameFile: "f", password: "p" },
      "username and usernameFile are both given; keep one of them",
    ],
    ["an unknown key", { usrname: "u", password: "p" }, "usrname is no option; did you mean username?"],
  ])("%s", (_case, options, problem) => {
    expect(() => basicAuth(options as BasicAuthOptions)).toThrow(new TypeError(`basicAuth: ${problem}`));
  });
});
