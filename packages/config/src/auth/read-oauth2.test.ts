import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { authHeaders, load, onlyPipeline } from "../testing.test-support.js";

interface Token {
  readonly url: string;
  readonly bodies: string[];
  readonly headers: IncomingMessage["headers"][];
}

/** A token endpoint, which is also a proxy to itself: whatever host it is asked for. */
async function startTokenServer(): Promise<Token> {
  const bodies: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => (body += text));
    request.on("end", () => {
      bodies.push(body);
      headers.push({ ...request.headers, target: request.url });
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ access_token: "the-token", token_type: "bearer", expires_in: 3600 }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, bodies, headers };
}

it("asks for a token with all that the section says", async () => {
  const token = await startTokenServer();
  const config = load(
    `
url: https://example.com/api/v1/write
oauth2:
  client_id: client
  client_secret_file: secret
  token_url: ${token.url}
  scopes: [a, b]
  endpoint_params:
    audience: metrics
    resource: x
`,
    { files: { secret: "hunter2\n" } },
  );
  expect(config.warnings).toEqual([]);
  expect(await authHeaders(onlyPipeline(config))).toEqual({ authorization: "Bearer the-token" });
  expect(Object.fromEntries(new URLSearchParams(token.bodies[0]))).toEqual({
    grant_type: "client_credentials",
    scope: "a b",
    audience: "metrics",
    resource: "x",
  });
  expect(token.headers[0]?.authorization).toBe(`Basic ${Buffer.from("client:hunter2").toString("base64")}`);
});

it("asks through the section's proxy, and warns of a secret that goes unencrypted", async () => {
  const token = await startTokenServer();
  const proxy = new URL(token.url).origin;
  const config = load(`
url: https://example.com/api/v1/write
oauth2: { client_id: c, client_secret: s, token_url: "http://auth.example.com/token", proxy_url: "${proxy}" }
`);
  expect(config.warnings.join("\n")).toContain(
    "oauth2.token_url: begins with http:, so that the client's secret",
  );
  expect(await authHeaders(onlyPipeline(config))).toEqual({ authorization: "Bearer the-token" });
  expect(token.headers[0]?.["target"]).toBe("http://auth.example.com/token");
});

it("checks the section's TLS files", () => {
  const text = `
url: https://example.com/api/v1/write
oauth2:
  client_id: c
  client_secret: s
  token_url: https://auth.example.com/token
  tls_config: { ca_file: missing.pem }
`;
  expect(() => load(text)).toThrow(/:7: oauth2\.tls_config\.ca_file: ".*missing\.pem" does not exist; /);
});
