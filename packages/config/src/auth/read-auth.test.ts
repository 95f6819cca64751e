import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "../load-config.js";
import { authHeaders, createFolder, load, onlyPipeline, problemsOf } from "../testing.test-support.js";

const start = "url: https://example.com/api/v1/write\n";

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

describe("credentials:", () => {
  it.each([
    ["basic_auth: { username: u, password: '0123' }", basic("u:0123")],
    ["basic_auth: { username: u, password: 0123 }", basic("u:0123")],
    ["basic_auth: { username_file: user, password_file: secret }", basic("file user:file secret")],
    ["bearer_token: abc", "Bearer abc"],
    ["bearer_token_file: token", "Bearer file-token"],
    ["authorization: { credentials: abc }", "Bearer abc"],
    ["authorization: { type: bearer, credentials_file: token }", "Bearer file-token"],
    ["authorization: { type: Token, credentials: ' abc ' }", "Token abc"],
    ["authorization: { type: Token, credentials_file: token }", "Token file-token"],
  ])("%s", async (text, authorization) => {
    const files = { user: "file user\n", secret: "file secret\n", token: "file-token\n" };
    expect(await authHeaders(onlyPipeline(load(start + text, { files })))).toEqual({ authorization });
  });

  it("of the URL", async () => {
    const pipeline = onlyPipeline(load("url: https://us%40er:p%3Aw@example.com/api/v1/write"));
    expect(pipeline.exporter.url).toBe("https://example.com/api/v1/write");
    expect(await authHeaders(pipeline)).toEqual({ authorization: basic("us@er:p:w") });
  });

  it("of a file are read for every attempt", async () => {
    const folder = createFolder({
      "config.yml": `${start}authorization: { type: Token, credentials_file: token }`,
      token: "1",
    });
    const pipeline = onlyPipeline(loadConfig({ file: join(folder, "config.yml"), env: {} }));
    expect(await authHeaders(pipeline)).toEqual({ authorization: "Token 1" });
    writeFileSync(join(folder, "token"), "2");
    expect(await authHeaders(pipeline)).toEqual({ authorization: "Token 2" });
  });

  it("and headers of files go together", async () => {
    const text = "bearer_token: abc\nhttp_headers: { X-Tenant: { files: [tenant] } }";
    const pipeline = onlyPipeline(load(start + text, { files: { tenant: "blue\n" } }));
    expect(await authHeaders(pipeline)).toEqual({ authorization: "Bearer abc", "x-tenant": "blue" });
  });

  it("signed for AWS", async () => {
    const keys = "access_key: AKIDEXAMPLE, secret_key: secret";
    const { authorization } = await authHeaders(
      onlyPipeline(load(`${start}sigv4: { region: eu-central-1, ${keys} }`)),
    );
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/aps\/aws4_request, /,
    );
  });

  it("signed for AWS, as the environment and the address say", async () => {
    const env = {
      AWS_ACCESS_KEY_ID: "AKIDENV",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "session",
    };
    const url = "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write";
    const headers = await authHeaders(onlyPipeline(load(`url: ${url}\nsigv4: {}`, { env })));
    expect(headers["authorization"]).toContain("Credential=AKIDENV/");
    expect(headers["authorization"]).toContain("/eu-west-1/aps/");
    expect(headers["x-amz-security-token"]).toBe("session");
  });
});

describe("says what is wrong:", () => {
  it.each([
    [
      "basic_auth: { password: hunter2 }",
      ":2: basic_auth.username: is missing; give username or username_file",
    ],
    ["basic_auth: { username: u }", ":2: basic_auth.password: is missing; give password or password_file"],
    ["basic_auth: { username: u, password: '' }", "basic_auth.password: must be a non-empty string"],
    [
      "basic_auth: { username: u, password: hunter2, password_file: f }",
      "basic_auth.password_file: is given beside password",
    ],
    [
      "basic_auth: { username: u, password: hunter2 }\nbearer_token: hunter2",
      ":3: bearer_token: is given beside basic_auth",
    ],
    ["bearer_token: hunter2\nbearer_token_file: f", "bearer_token_file: is given beside bearer_token"],
    ["bearer_token: hunter2\u00e9", "bearer_token: contains a character beyond ASCII"],
    [
      "basic_auth: { username: u, password_ref: x }",
      "basic_auth.password_ref: secrets of a secret manager are not supported",
    ],
    [
      "authorization: { type: Basic, credentials: hunter2 }",
      "authorization.type: cannot be basic; use basic_auth",
    ],
    [
      "authorization: { type: Token }",
      "authorization.credentials: is missing; give credentials or credentials_file",
    ],
    ["authorization: { type: Token, credentials: 'hunter2\u00e9' }", "beyond ASCII"],
    [
      "oauth2: { client_id: c }",
      "oauth2.client_secret: is missing; give client_secret or client_secret_file",
    ],
    ["oauth2: { client_id: c, client_secret: hunter2 }", "oauth2.token_url: is missing"],
    [
      "oauth2: { client_id: c, client_secret: hunter2, token_url: nowhere }",
      "oauth2.token_url: must begin with http:// or https://; give a URL such as",
    ],
    ["sigv4: { region: eu-central-1, access_key: hunter2 }", "sigv4.access_key: is given without secret_key"],
    ["sigv4: { access_key: a, secret_key: hunter2 }", "sigv4.region: is missing"],
    [
      "sigv4: { region: eu-central-1, external_id: x, access_key: a, secret_key: b }",
      "sigv4.external_id: is of no use without role_arn",
    ],
    [
      "sigv4: { region: eu-central-1 }",
      "install @aws-sdk/credential-providers, or give access_key and secret_key",
    ],
    [
      "http_headers: { X-A: { values: [a], files: [f] } }",
      "http_headers.X-A.files: is given beside values or secrets",
    ],
    ["http_headers: { X-A: { valeus: [a] } }", "http_headers.X-A.valeus: unknown key; did you mean values?"],
  ])("%s", (text, problem) => {
    const lines = problemsOf(() => load(start + text)).join("\n");
    expect(lines).toContain(problem);
    expect(lines).not.toContain("hunter2");
  });

  it("credentials both in the URL and beside it", () => {
    const lines = problemsOf(() => load("url: https://u:hunter2@example.com/\nbearer_token: abc"));
    expect(lines).toEqual([
      "config.yml:2: bearer_token: is given beside a user name in url; keep one of them",
    ]);
  });
});
