import { describe, expect, it } from "vitest";
import { oauth2Auth, type OAuth2AuthOptions } from "./oauth2-auth.js";

const valid = { clientId: "c", clientSecret: "s", tokenUrl: "https://auth.example.com/token" };

describe("oauth2Auth refuses", () => {
  it.each<[string, unknown, string]>([
    ["no options", undefined, "options must be an object, got undefined"],
    ["an unknown key", { ...valid, scope: "a" }, "scope is no option; did you mean scopes?"],
    ["Prometheus' name of a key", { client_id: "c" }, "client_id is no option; did you mean clientId?"],
    ["no clientId", { ...valid, clientId: undefined }, "clientId is missing; give a non-empty string"],
    ["a line break", { ...valid, clientId: "c\n" }, "clientId contains a line break; take it out"],
    [
      "no secret",
      { ...valid, clientSecret: undefined },
      "clientSecret is missing; give clientSecret or clientSecretFile",
    ],
    [
      "an empty secret",
      { ...valid, clientSecret: "" },
      "clientSecret must be a non-empty string, got an empty string",
    ],
    [
      "two secrets",
      { ...valid, clientSecretFile: "f" },
      "clientSecret and clientSecretFile are both given; keep one of them",
    ],
    [
      "an empty path",
      { clientId: "c", clientSecretFile: "", tokenUrl: valid.tokenUrl },
      "clientSecretFile must be a non-empty string, got an empty string",
    ],
    [
      "no tokenUrl",
      { ...valid, tokenUrl: undefined },
      "tokenUrl is missing; give a URL such as https://auth.example.com/oauth2/token",
    ],
    [
      "a relative tokenUrl",
      { ...valid, tokenUrl: "/token" },
      "tokenUrl must begin with http:// or https://; give a URL such as https://auth.example.com/oauth2/token",
    ],
    [
      "a tokenUrl of another scheme",
      { ...valid, tokenUrl: "file:///token" },
      "tokenUrl must begin with http:// or https://, not file://; give a URL such as https://auth.example.com/oauth2/token",
    ],
    [
      "a tokenUrl of another kind",
      { ...valid, tokenUrl: 7 },
      "tokenUrl must be a URL such as https://auth.example.com/oauth2/token, got a number",
    ],
    [
      "a user name in tokenUrl",
      { ...valid, tokenUrl: "https://c:s@auth.example.com/token" },
      "tokenUrl must not carry a user name or password; give clientId and clientSecret",
    ],
    [
      "a fragment in tokenUrl",
      { ...valid, tokenUrl: "https://auth.example.com/token#a" },
      "tokenUrl must not have a fragment (#…); take it out",
    ],
    [
      "http to another machine",
      { ...valid, tokenUrl: "http://auth.example.com/token" },
      "tokenUrl would send the secret unencrypted; begin it with https:, or set allowInsecureRequests if the network is safe",
    ],
    [
      "http to what only looks like this machine",
      { ...valid, tokenUrl: "http://127.0.0.1.example.com/token" },
      "tokenUrl would send the secret unencrypted; begin it with https:, or set allowInsecureRequests if the network is safe",
    ],
    [
      "scopes in a text",
      { ...valid, scopes: "a b" },
      'scopes must be an array such as ["metrics:write"], got a string',
    ],
    [
      "a scope of another kind",
      { ...valid, scopes: [7] },
      "scopes[0] must be a non-empty string, got a number",
    ],
    [
      "two scopes in one",
      { ...valid, scopes: ["a", "b c"] },
      "scopes[1] contains a character that no scope may have; give each scope by itself",
    ],
    [
      "an empty audience",
      { ...valid, audience: "" },
      "audience must be a non-empty string, got an empty string",
    ],
    [
      "endpointParams in an array",
      { ...valid, endpointParams: [] },
      'endpointParams must be a plain object such as { resource: "…" }, got an array',
    ],
    [
      "endpointParams in a Map",
      { ...valid, endpointParams: new Map([["resource", "a"]]) },
      'endpointParams must be a plain object such as { resource: "…" }, got a Map',
    ],
    ["options in a Map", new Map(Object.entries(valid)), "options must be an object, got a Map"],
    [
      "an endpoint parameter of another kind",
      { ...valid, endpointParams: { a: 7 } },
      "endpointParams.a must be a string, got a number",
    ],
    [
      "a reserved endpoint parameter",
      { ...valid, endpointParams: { scope: "a" } },
      "endpointParams.scope must be left out; use scopes",
    ],
    [
      "another grant",
      { ...valid, endpointParams: { grant_type: "password" } },
      "endpointParams.grant_type must be left out; it is client_credentials",
    ],
    [
      "another way to prove the client",
      { ...valid, clientAuthentication: "none" },
      "clientAuthentication must be client_secret_basic or client_secret_post, got a string",
    ],
    [
      "a fetch that is none",
      { ...valid, fetch: {} },
      "fetch must be a function such as the global fetch, got an object",
    ],
    [
      "allowInsecureRequests of another kind",
      { ...valid, allowInsecureRequests: "yes" },
      "allowInsecureRequests must be true or false, got a string",
    ],
  ])("%s", (_case, options, problem) => {
    expect(() => oauth2Auth(options as OAuth2AuthOptions)).toThrow(new TypeError(`oauth2Auth: ${problem}`));
  });
});

describe("oauth2Auth takes", () => {
  it.each([
    "https://auth.example.com/token",
    "http://localhost:8080/token",
    "http://auth.localhost/token",
    "http://127.0.0.1:8080/token",
    "http://127.1.2.3/token",
    "http://[::1]:8080/token",
  ])("%s", (tokenUrl) => {
    expect(oauth2Auth({ ...valid, tokenUrl }).name).toBe("oauth2");
  });

  it("http to another machine, when it is allowed", () => {
    const tokenUrl = "http://auth.example.com/token";
    expect(oauth2Auth({ ...valid, tokenUrl, allowInsecureRequests: true }).name).toBe("oauth2");
  });

  it("options that are undefined, as those left out", () => {
    const { scopes, audience, endpointParams, clientAuthentication, fetch } =
      {} as Partial<OAuth2AuthOptions>;
    const plugin = oauth2Auth({ ...valid, scopes, audience, endpointParams, clientAuthentication, fetch });
    expect(plugin.name).toBe("oauth2");
  });
});
