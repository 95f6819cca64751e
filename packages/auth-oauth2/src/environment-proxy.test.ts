import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { oauth2Auth, type OAuth2AuthOptions } from "./oauth2-auth.js";
import { createAuthRequest } from "./testing/auth-request.js";
import { startTokenServer } from "./testing/token-server.js";

const options = {
  clientId: "metrics",
  clientSecret: "s3cr3t-of-client",
  // No name server knows it, so that only a proxy can get there.
  tokenUrl: "http://auth.example/token",
  allowInsecureRequests: true,
};

beforeEach(() => {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toLowerCase(), undefined);
  }
  return () => void vi.unstubAllEnvs();
});

/** A proxy that asks one server, whatever it is asked for. */
async function startProxy(to: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void (async () => {
      const { "content-type": type = "", authorization = "" } = request.headers;
      const headers = { "content-type": type, authorization };
      const answer = await fetch(to, { method: "POST", headers, body: await text(request) });
      response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function failure(given: OAuth2AuthOptions): Promise<string> {
  try {
    await oauth2Auth(given).authorize(createAuthRequest());
    return "none";
  } catch (error) {
    return (error as Error).message;
  }
}

it("the token endpoint is asked through the environment's proxy", async () => {
  const tokens = await startTokenServer();
  const proxy = await startProxy(tokens.tokenUrl);
  vi.stubEnv("HTTP_PROXY", proxy.url);
  const plugin = oauth2Auth({ ...options, scopes: ["metrics:write"] });
  expect(await plugin.authorize(createAuthRequest())).toEqual({ authorization: "Bearer token-1" });
  expect(proxy.asked).toEqual(["POST http://auth.example/token"]);
  expect(Object.fromEntries(tokens.requests[0]?.form ?? [])).toEqual({
    grant_type: "client_credentials",
    scope: "metrics:write",
  });
});

it("what it answers is named as it is without a proxy", async () => {
  const tokens = await startTokenServer();
  tokens.answer = (response) => response.writeHead(400).end(`{"error":"invalid_scope"}`);
  vi.stubEnv("HTTP_PROXY", (await startProxy(tokens.tokenUrl)).url);
  expect(await failure(options)).toBe(
    "oauth2Auth: the token endpoint http://auth.example/token answered 400 invalid_scope; check scopes",
  );
});

it.each([
  [
    "a proxy that is down",
    "http://user:marker-password@127.0.0.1:1",
    /HTTP_PROXY: nothing listens on 127\.0\.0\.1:1/,
  ],
  ["a proxy that is not known", "http://proxy.invalid:3128", /is the host of HTTP_PROXY right\?$/],
])("%s is named", async (_case, url, problem) => {
  vi.stubEnv("HTTP_PROXY", url);
  const message = await failure(options);
  expect(message).toMatch(
    /^oauth2Auth: the token endpoint http:\/\/auth\.example\/token cannot be reached: the proxy /,
  );
  expect(message).toMatch(problem);
  expect(message).not.toContain("marker");
});

it("a variable that is no address of a proxy is an error at construction", () => {
  vi.stubEnv("HTTP_PROXY", "socks5://marker-proxy");
  expect(() => oauth2Auth(options)).toThrow(
    new TypeError(
      "oauth2Auth: the environment variable HTTP_PROXY must begin with http:// or https://, not socks5://; give a URL such as " +
        "http://proxy.example.com:3128; a fetch of your own goes without it",
    ),
  );
});

it.each<[string, object]>([
  ["NO_PROXY", {}],
  ["a fetch of one's own", { fetch: (url: string) => Promise.reject(new Error(url)) }],
])("%s goes without it", async (name, own) => {
  const tokens = await startTokenServer();
  const proxy = await startProxy(tokens.tokenUrl);
  vi.stubEnv("HTTP_PROXY", proxy.url);
  if (name === "NO_PROXY") vi.stubEnv("NO_PROXY", "auth.example");
  expect(await failure({ ...options, ...own })).toContain("cannot be reached (");
  expect(proxy.asked).toEqual([]);
});
