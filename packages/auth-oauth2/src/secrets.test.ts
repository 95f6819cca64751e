import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type { AuthPlugin } from "@otel-remote-write/auth";
import { describe, expect, it, onTestFinished } from "vitest";
import { oauth2Auth, type OAuth2AuthOptions } from "./oauth2-auth.js";
import { createAuthRequest } from "./testing/auth-request.js";
import { sendJson, startTokenServer, type Answer } from "./testing/token-server.js";

// Goes through everything that can be made to go wrong, and looks for this in what comes out.
const clientSecret = "marker/secret";
const token = "marker-token";
const request = createAuthRequest();
const tokenUrl = "https://auth.example.com/token";

function showsSecret(value: unknown): boolean {
  const stack = value instanceof Error ? `${value.message} ${value.stack}` : "";
  const shown = `${inspect(value, { depth: null, showHidden: true })} ${JSON.stringify(value)} ${stack}`;
  return shown.includes("marker") || shown.includes(btoa("marker/secret").slice(0, 10));
}

async function failureOf(plugin: AuthPlugin): Promise<Error> {
  const failure: unknown = await Promise.resolve(plugin.authorize(request)).catch((error: unknown) => error);
  if (failure instanceof Error) return failure;
  throw new Error("authorize should have failed");
}

describe("oauth2Auth shows no secret", () => {
  it("in the plugin, before and after use", async () => {
    const server = await startTokenServer();
    server.answer = (response) => sendJson(response, 200, { access_token: token, token_type: "Bearer" });
    const plugin = oauth2Auth({ clientId: "c", clientSecret, tokenUrl: server.tokenUrl });
    expect(showsSecret(plugin)).toBe(false);
    expect(await plugin.authorize(request)).toEqual({ authorization: `Bearer ${token}` });
    await plugin.onUnauthorized?.();
    expect(showsSecret(plugin)).toBe(false);
  });

  it.each<[string, unknown]>([
    ["a text", clientSecret],
    ["an array", [clientSecret]],
    ["a line break in the secret", { clientId: "c", clientSecret: `${clientSecret}\n`, tokenUrl }],
    ["a secret in an object", { clientId: "c", clientSecret: { clientSecret }, tokenUrl }],
    ["two secrets", { clientId: "c", clientSecret, clientSecretFile: clientSecret, tokenUrl }],
    ["an unknown key", { clientId: "c", clientSecret, tokenUrl, secret: clientSecret }],
    ["a relative tokenUrl", { clientId: "c", clientSecret, tokenUrl: clientSecret }],
    ["a secret in tokenUrl", { clientId: "c", clientSecret, tokenUrl: `https://c:${token}@example.com` }],
    ["a secret in scopes", { clientId: "c", clientSecret, tokenUrl, scopes: clientSecret }],
    ["a secret as a scope", { clientId: "c", clientSecret, tokenUrl, scopes: [`${clientSecret} `] }],
    [
      "a secret in endpointParams",
      { clientId: "c", clientSecret, tokenUrl, endpointParams: { client_secret: clientSecret } },
    ],
    ["a secret as fetch", { clientId: "c", clientSecret, tokenUrl, fetch: clientSecret }],
    ["a secret as a method", { clientId: "c", clientSecret, tokenUrl, clientAuthentication: clientSecret }],
  ])("in the error for options: %s", (_case, options) => {
    let error: unknown;
    try {
      oauth2Auth(options as OAuth2AuthOptions);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TypeError);
    expect(showsSecret(error)).toBe(false);
  });

  it.each<[string, Answer]>([
    [
      "repeats the request",
      (response, { headers, form }) =>
        sendJson(response, 401, {
          error: "invalid_client",
          error_description: `${headers.authorization} ${form.toString()} ${form.get("client_secret")}`,
        }),
    ],
    [
      "puts a token everywhere but where it belongs",
      (response) => {
        response.setHeader("content-type", token);
        response.end(JSON.stringify({ token, access_token: [token], token_type: token }));
      },
    ],
    [
      "gives a token of another type",
      (response) => sendJson(response, 200, { access_token: token, token_type: token }),
    ],
    [
      "gives a token that cannot be sent",
      (response) => sendJson(response, 200, { access_token: `${token}ä` }),
    ],
    [
      "gives a token with its scheme",
      (response) => sendJson(response, 200, { access_token: `Bearer ${token}` }),
    ],
    ["gives a token as text", (response) => response.end(token)],
    ["redirects to it", (response) => response.writeHead(302, { location: `/?${token}` }).end()],
  ])("in the error for a server that %s", async (_case, answer) => {
    const server = await startTokenServer();
    server.answer = answer;
    for (const clientAuthentication of ["client_secret_basic", "client_secret_post", undefined] as const) {
      const options = { clientId: "c", clientSecret, tokenUrl: `${server.tokenUrl}?key=marker` };
      const plugin = oauth2Auth({ ...options, clientAuthentication });
      expect(showsSecret(await failureOf(plugin))).toBe(false);
      expect(showsSecret(plugin)).toBe(false);
    }
  });

  it("in the error for a short secret that the server repeats", async () => {
    const server = await startTokenServer();
    server.answer = (response) =>
      sendJson(response, 401, { error: "invalid_client", error_description: "not §7?" });
    const plugin = oauth2Auth({ clientId: "c", clientSecret: "§7?", tokenUrl: server.tokenUrl });
    expect((await failureOf(plugin)).message).toContain("invalid_client ([redacted])");
  });

  it("in the error for a secret that could be an error's name", async () => {
    const server = await startTokenServer();
    server.answer = (response) => sendJson(response, 401, { error: "marker_secret" });
    const options = { clientId: "c", clientSecret: "marker_secret", tokenUrl: server.tokenUrl };
    expect((await failureOf(oauth2Auth(options))).message).toContain("answered 401 [redacted]; check");
  });

  it.each([
    ["two lines", `${clientSecret}\n${clientSecret}`],
    ["too much", clientSecret.padEnd(70_000, clientSecret)],
  ])("in the error for a file with %s", async (_case, content) => {
    const folder = await mkdtemp(join(tmpdir(), "oauth2-auth-secrets-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const clientSecretFile = join(folder, "file");
    await writeFile(clientSecretFile, content);
    expect(showsSecret(await failureOf(oauth2Auth({ clientId: "c", clientSecretFile, tokenUrl })))).toBe(
      false,
    );
  });

  it.each<[string, unknown]>([
    ["an error that quotes it", new Error(clientSecret)],
    ["an error with a cause", new TypeError("fetch failed", { cause: new Error(clientSecret) })],
    ["a text", clientSecret],
    [
      "an error with properties",
      Object.assign(new Error("failed"), { code: token, name: token, body: token }),
    ],
  ])("in the error for a fetch that throws %s", async (_case, thrown) => {
    // oxlint-disable-next-line prefer-promise-reject-errors -- foreign code does
    const fetch = (): Promise<Response> => Promise.reject(thrown);
    const plugin = oauth2Auth({ clientId: "c", clientSecret, tokenUrl, fetch });
    expect(showsSecret(await failureOf(plugin))).toBe(false);
  });
});
