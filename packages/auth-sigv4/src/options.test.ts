import { describe, expect, it } from "vitest";
import { createSigV4Auth } from "./create-sigv4-auth.js";
import { sigV4Auth, type SigV4AuthOptions } from "./sigv4-auth.js";
import { createAuthRequest } from "./testing/auth-request.js";

const region = "eu-central-1";
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };

describe("sigV4Auth refuses", () => {
  it.each<[string, unknown, string]>([
    ["no options", undefined, "options must be an object, got undefined"],
    [
      "an unknown key",
      { region, credential: credentials },
      "credential is no option; did you mean credentials?",
    ],
    [
      "no region",
      { credentials },
      "region is missing; give the region of the workspace, such as eu-central-1",
    ],
    [
      "an empty region",
      { region: "", credentials },
      "region must be a non-empty string, got an empty string",
    ],
    [
      "a region that cannot be one",
      { region: "eu-central-1/aps", credentials },
      "region contains something else than letters, digits and hyphens; give the region of the workspace, such as eu-central-1",
    ],
    [
      "an empty service",
      { region, service: "", credentials },
      "service must be a non-empty string, got an empty string",
    ],
    [
      "no credentials",
      { region },
      "credentials is missing; give { accessKeyId, secretAccessKey } or a provider of the AWS SDK",
    ],
    ["credentials in a text", { region, credentials: "A:s" }, "credentials must be an object, got a string"],
    [
      "no access key id",
      { region, credentials: { secretAccessKey: "s" } },
      "credentials.accessKeyId is missing; give a non-empty string",
    ],
    [
      "no secret key",
      { region, credentials: { accessKeyId: "A" } },
      "credentials.secretAccessKey is missing; give a non-empty string",
    ],
    [
      "an empty session token",
      { region, credentials: { ...credentials, sessionToken: "" } },
      "credentials.sessionToken must be a non-empty string, got an empty string",
    ],
    [
      "a misspelled session token",
      { region, credentials: { ...credentials, sessiontoken: "t" } },
      "credentials.sessiontoken is no option; did you mean credentials.sessionToken?",
    ],
    [
      "a key with a space",
      { region, credentials: { ...credentials, accessKeyId: "A B" } },
      "credentials.accessKeyId contains a space or a character beyond ASCII; take it out",
    ],
    [
      "an end that is no date",
      { region, credentials: { ...credentials, expiration: new Date("never") } },
      "credentials.expiration must be a valid Date, got an object",
    ],
    [
      "a promise",
      { region, credentials: Promise.resolve(credentials) },
      "credentials must be the provider itself, got a promise of what it gives",
    ],
  ])("%s", (_case, options, problem) => {
    expect(() => sigV4Auth(options as SigV4AuthOptions)).toThrow(new TypeError(`sigV4Auth: ${problem}`));
  });
});

describe("sigV4Auth with static credentials", () => {
  it("takes what the AWS SDK gives, and no white space of an environment variable", async () => {
    const plugin = sigV4Auth({
      region,
      service: "execute-api",
      credentials: {
        accessKeyId: "AKIDEXAMPLE\n",
        secretAccessKey: " secret\n",
        accountId: "123456789012",
        $source: { CREDENTIALS_CODE: "e" },
      } as SigV4AuthOptions["credentials"],
    });
    expect(plugin.name).toBe("sigv4");
    expect(plugin).not.toHaveProperty("onUnauthorized");
    const headers = await plugin.authorize(createAuthRequest());
    expect(headers["authorization"]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/execute-api\/aws4_request, /,
    );
    expect(headers).not.toHaveProperty("x-amz-security-token");
  });

  it("keeps to those of its construction", async () => {
    const changing = { ...credentials };
    const plugin = sigV4Auth({ region, credentials: changing });
    changing.accessKeyId = "another";
    const headers = await plugin.authorize(createAuthRequest());
    expect(headers["authorization"]).toContain("Credential=AKIDEXAMPLE/");
  });

  it("says when they have ended", async () => {
    const expiration = new Date("2026-11-10T12:00:00Z");
    let now = expiration.getTime() - 1;
    const plugin = createSigV4Auth({ region, credentials: { ...credentials, expiration } }, () => now);
    await plugin.authorize(createAuthRequest());
    now++;
    await expect(async () => plugin.authorize(createAuthRequest())).rejects.toThrow(
      new Error(
        "sigV4Auth: credentials ended at 2026-11-10T12:00:00.000Z; give the provider itself, so that it is asked again",
      ),
    );
  });
});
