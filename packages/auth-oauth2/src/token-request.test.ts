import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { oauth2Auth } from "./oauth2-auth.js";
import { createAuthRequest } from "./testing/auth-request.js";
import { sendJson, startTokenServer } from "./testing/token-server.js";

const client = { clientId: "metrics", clientSecret: "s3cr3t" };
const request = createAuthRequest();

describe("a token request", () => {
  it("asks by the client credentials grant of RFC 6749, section 4.4", async () => {
    const { tokenUrl, requests } = await startTokenServer();
    const plugin = oauth2Auth({ ...client, tokenUrl });
    expect(await plugin.authorize(request)).toEqual({ authorization: "Bearer token-1" });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      method: "POST",
      path: "/token",
      headers: {
        accept: "application/json",
        authorization: `Basic ${btoa("metrics:s3cr3t")}`,
        "content-type": expect.stringMatching(/^application\/x-www-form-urlencoded/) as unknown,
      },
    });
    expect(Object.fromEntries(requests[0]?.form ?? [])).toEqual({ grant_type: "client_credentials" });
  });

  it("carries scopes, audience, further parameters and the query of tokenUrl", async () => {
    const { tokenUrl, requests } = await startTokenServer();
    const plugin = oauth2Auth({
      ...client,
      tokenUrl: new URL(`${tokenUrl}?api-version=2`),
      scopes: ["metrics:write", "openid"],
      audience: "https://metrics.example.com",
      endpointParams: { resource: "urn:metrics & more" },
    });
    await plugin.authorize(request);
    expect(requests[0]?.path).toBe("/token?api-version=2");
    expect(Object.fromEntries(requests[0]?.form ?? [])).toEqual({
      grant_type: "client_credentials",
      scope: "metrics:write openid",
      audience: "https://metrics.example.com",
      resource: "urn:metrics & more",
    });
  });

  it("encodes id and secret as a form within the header, RFC 6749, section 2.3.1", async () => {
    const { tokenUrl, requests } = await startTokenServer();
    const plugin = oauth2Auth({ clientId: "my-client:ä", clientSecret: "a+b/c= d%20_~", tokenUrl });
    await plugin.authorize(request);
    const credentials = atob(requests[0]?.headers.authorization?.slice("Basic ".length) ?? "");
    expect(credentials).toBe("my-client%3A%C3%A4:a%2Bb%2Fc%3D+d%2520_~");
    const decoded = credentials.split(":").map((part) => new URLSearchParams(`part=${part}`).get("part"));
    expect(decoded).toEqual(["my-client:ä", "a+b/c= d%20_~"]);
  });

  it("proves the client in the form where the server wants that, and goes on so", async () => {
    const server = await startTokenServer();
    const giveToken = server.answer;
    server.answer = (response, got) => {
      if (got.form.get("client_secret") === "s3cr3t") giveToken(response, got);
      else sendJson(response, 401, { error: "invalid_client" });
    };
    const plugin = oauth2Auth({ ...client, tokenUrl: server.tokenUrl });
    expect(await plugin.authorize(request)).toEqual({ authorization: "Bearer token-2" });
    expect(server.requests[1]?.headers.authorization).toBeUndefined();
    await plugin.onUnauthorized?.();
    expect(await plugin.authorize(request)).toEqual({ authorization: "Bearer token-3" });
  });

  it.each([
    ["client_secret_basic", true],
    ["client_secret_post", false],
  ] as const)("proves the client by %s alone, where that is set", async (clientAuthentication, inHeader) => {
    const server = await startTokenServer();
    server.answer = (response) => sendJson(response, 401, { error: "invalid_client" });
    const plugin = oauth2Auth({ ...client, tokenUrl: server.tokenUrl, clientAuthentication });
    await expect(async () => plugin.authorize(request)).rejects.toThrow("401 invalid_client");
    expect(server.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([inHeader]);
    expect(server.requests.map(({ form }) => form.has("client_secret"))).toEqual([!inHeader]);
  });

  it("reads the secret's file each time", async () => {
    const folder = await mkdtemp(join(tmpdir(), "oauth2-auth-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const clientSecretFile = join(folder, "secret");
    const { tokenUrl, requests } = await startTokenServer();
    const plugin = oauth2Auth({ clientId: "metrics", clientSecretFile, tokenUrl });
    await expect(async () => plugin.authorize(request)).rejects.toThrow(
      `oauth2Auth: clientSecretFile "${clientSecretFile}" does not exist`,
    );
    for (const secret of ["first", "secnd"]) {
      await writeFile(clientSecretFile, `${secret}\n`);
      await plugin.authorize(request);
      await plugin.onUnauthorized?.();
    }
    const sent = requests.map(({ headers }) => atob(headers.authorization?.slice("Basic ".length) ?? ""));
    // The last request is that of the second 401.
    expect(sent).toEqual(["metrics:first", "metrics:first", "metrics:secnd"]);
  });

  it("goes through a given fetch", async () => {
    const { tokenUrl } = await startTokenServer();
    const fetch = vi.fn<typeof globalThis.fetch>((input, init) => globalThis.fetch(input, init));
    const plugin = oauth2Auth({ ...client, tokenUrl, fetch });
    expect(await plugin.authorize(request)).toEqual({ authorization: "Bearer token-1" });
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([tokenUrl]);
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: "POST", redirect: "manual" });
  });

  it.each<[string, unknown, string | undefined]>([
    ["no content-type", { access_token: "t", token_type: "bearer" }, undefined],
    ["the content-type of text", { access_token: "t", token_type: "bearer" }, "text/plain"],
    ["no token_type", { access_token: "t" }, "application/json"],
    [
      "expires_in as text",
      { access_token: "t", token_type: "Bearer", expires_in: "3600" },
      "application/json",
    ],
    ["expires_in null", { access_token: "t", token_type: "Bearer", expires_in: null }, "application/json"],
    ["an id_token", { access_token: "t", token_type: "Bearer", id_token: "i" }, "application/json"],
  ])("takes an answer with %s", async (_case, body, contentType) => {
    const server = await startTokenServer();
    server.answer = (response) => {
      if (contentType !== undefined) response.setHeader("content-type", contentType);
      response.end(JSON.stringify(body));
    };
    const plugin = oauth2Auth({ ...client, tokenUrl: server.tokenUrl });
    expect(await plugin.authorize(request)).toEqual({ authorization: "Bearer t" });
  });
});
