import { inspect } from "node:util";
import type { AuthPlugin } from "@otel-remote-write/auth";
import { describe, expect, it } from "vitest";
import type { AwsCredentials } from "./credentials.js";
import { sigV4Auth, type SigV4AuthOptions } from "./sigv4-auth.js";
import { createAuthRequest } from "./testing/auth-request.js";

// Goes through everything that can be made to go wrong, and looks for this in what comes out.
const secret = "marker-secret";
const credentials = { accessKeyId: "marker-id", secretAccessKey: secret, sessionToken: "marker-session" };
const region = "eu-central-1";
const request = createAuthRequest();

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

describe("sigV4Auth shows no secret", () => {
  it("in the plugin, before and after use", async () => {
    for (const given of [credentials, () => credentials, async () => credentials]) {
      const plugin = sigV4Auth({ region, credentials: given });
      expect(showsSecret(plugin)).toBe(false);
      // The id of the key and the session token are sent; the secret key is not.
      expect(JSON.stringify(await plugin.authorize(request))).not.toContain(secret);
      await plugin.onUnauthorized?.();
      expect(showsSecret(plugin)).toBe(false);
    }
  });

  it.each<[string, unknown]>([
    ["a text", secret],
    ["a secret as region", { region: `${secret}/`, credentials }],
    ["a secret as service", { region, service: `${secret}/`, credentials }],
    ["a secret as credentials", { region, credentials: secret }],
    ["credentials in an array", { region, credentials: [secret] }],
    ["a line break", { region, credentials: { ...credentials, secretAccessKey: `${secret}\n${secret}` } }],
    ["a character beyond ASCII", { region, credentials: { ...credentials, secretAccessKey: `${secret}ä` } }],
    ["a key of another kind", { region, credentials: { ...credentials, secretAccessKey: { secret } } }],
    ["an unknown key", { region, credentials: { ...credentials, secretKey: secret } }],
    ["an end of another kind", { region, credentials: { ...credentials, expiration: secret } }],
  ])("in the error for options: %s", (_case, options) => {
    let error: unknown;
    try {
      sigV4Auth(options as SigV4AuthOptions);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TypeError);
    expect(showsSecret(error)).toBe(false);
  });

  it("in the error for credentials that have ended", async () => {
    const ended = { ...credentials, expiration: new Date(0) };
    expect(showsSecret(await failureOf(sigV4Auth({ region, credentials: ended })))).toBe(false);
  });

  it.each<[string, unknown]>([
    ["a text", secret],
    ["an array", [secret]],
    ["a secret key alone", { secretAccessKey: secret }],
    ["a key with a line break", { ...credentials, accessKeyId: "marker\nmarker" }],
    ["an end of another kind", { ...credentials, expiration: secret }],
  ])("in the error for a provider that gives %s", async (_case, result) => {
    const plugin = sigV4Auth({ region, credentials: () => result as AwsCredentials });
    expect(showsSecret(await failureOf(plugin))).toBe(false);
    expect(showsSecret(plugin)).toBe(false);
  });

  it.each<[string, unknown]>([
    ["an error that quotes it", new Error(secret)],
    ["a text", secret],
    ["an error with a cause", new Error("failed", { cause: new Error(secret) })],
    [
      "an error with properties",
      Object.assign(new Error("failed"), { code: secret, name: secret, credentials }),
    ],
  ])("in the error for a provider that throws %s", async (_case, thrown) => {
    for (const provider of [
      () => {
        throw thrown;
      },
      // oxlint-disable-next-line prefer-promise-reject-errors -- providers do
      () => Promise.reject(thrown),
    ]) {
      const plugin = sigV4Auth({ region, credentials: provider });
      expect(showsSecret(await failureOf(plugin))).toBe(false);
      expect(showsSecret(plugin)).toBe(false);
    }
  });
});
