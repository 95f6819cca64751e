import type { AuthPlugin, AuthRequest } from "@otel-remote-write/auth";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { describe, expect, test } from "vitest";
import { createAuthority } from "../testing/certificates.js";
import { createFixedClient } from "../testing/create-fixed-client.js";
import { type LoopbackServer, oneSample, startServer, transports } from "../testing/loopback.js";
import { holdTime } from "../testing/hold-time.js";
import { createTemporaryFolder } from "../testing/temporary-folder.js";

const headers = { "X-Api-Key": "marker-key", "X-Scope-OrgID": "tenant-1" };

/** Answers with a redirect, except on `/write`. */
async function startRedirector(status: number, target: (self: string) => string): Promise<LoopbackServer> {
  const server: LoopbackServer = await startServer((response, request) => {
    if (request.target.startsWith("/write")) response.writeHead(204).end();
    else response.writeHead(status, { location: target(server.url) }).end("moved");
  });
  return server;
}

function createAuth(): AuthPlugin & { requests: AuthRequest[] } {
  const requests: AuthRequest[] = [];
  return {
    name: "test",
    requests,
    authorize(request) {
      requests.push(request);
      return { authorization: `Test ${request.url.pathname} marker-auth` };
    },
    onUnauthorized: () => true,
  };
}

describe.each(transports)("over $transport", ({ fetch }) => {
  test.each([307, 308])("H14: a %d is followed as it came, and auth asked again", async (status) => {
    const { url, requests } = await startRedirector(status, () => "/write?api-version=1");
    const auth = createAuth();
    const outcome = await createFixedClient({ url: `${url}/old`, fetch, headers, auth }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "acknowledged", status: 204 });
    const [first, second] = requests;
    expect(requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      "POST /old",
      "POST /write?api-version=1",
    ]);
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers).toEqual({ ...first?.headers, authorization: "Test /write marker-auth" });
    expect(auth.requests.map((request) => request.url.pathname)).toEqual(["/old", "/write"]);
    expect(auth.requests.map(({ attempt }) => attempt)).toEqual([1, 1]);
  });

  test("H14: to another origin neither credentials nor the user's headers go along", async () => {
    const other = await startServer((response) => response.writeHead(204).end());
    const { url, requests } = await startRedirector(307, () => `${other.url}/write`);
    const auth = createAuth();
    const outcome = await createFixedClient({ url, fetch, headers, auth }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "acknowledged" });
    expect(requests).toHaveLength(1);
    expect(other.requests).toHaveLength(1);
    expect(other.requests[0]?.body.length).toBeGreaterThan(0);
    expect(other.requests[0]?.headers).toMatchObject({ "content-encoding": "snappy" });
    expect(JSON.stringify(other.requests[0]?.headers)).not.toMatch(/marker|tenant/);
    expect(auth.requests).toHaveLength(1);
  });

  test("H14: nor do they within another origin, once there", async () => {
    const away = await startRedirector(307, () => "/write");
    const home = await startRedirector(307, () => `${away.url}/`);
    const outcome = await createFixedClient({ url: home.url, fetch, headers, auth: createAuth() }).send(
      oneSample,
    );
    expect(outcome).toMatchObject({ kind: "acknowledged" });
    expect(away.requests.map(({ target }) => target)).toEqual(["/", "/write"]);
    expect(JSON.stringify(away.requests.map((request) => request.headers))).not.toMatch(/marker|tenant/);
  });

  test("H14: nor do they come back with a second redirect", async () => {
    const home = await startRedirector(307, () => `${away.url}/`);
    const away = await startRedirector(307, () => `${home.url}/write`);
    await createFixedClient({ url: home.url, fetch, headers, auth: createAuth() }).send(oneSample);
    expect(home.requests.map(({ headers: { authorization } }) => authorization)).toEqual([
      "Test / marker-auth",
      undefined,
    ]);
  });

  test("H14: what another origin refuses for lack of them names the way out, and is not tried again", async () => {
    const other = await startServer((response) => response.writeHead(401).end());
    const { url } = await startRedirector(307, () => `${other.url}/write`);
    const outcome = await createFixedClient({ url, fetch, auth: createAuth() }).send(oneSample);
    expect(outcome).toMatchObject({
      kind: "refused",
      reason: "unauthorized",
      error: { url: `${other.url}/write` },
    });
    expect(outcome).toHaveProperty(
      "error.message",
      expect.stringMatching(/redirect led to another origin, where credentials .* give that as `url`/),
    );
    expect(other.requests).toHaveLength(1);
  });

  test.each([301, 302, 303])("H14: a %d is not followed, it would become a GET", async (status) => {
    const { url, requests } = await startRedirector(status, (self) => `${self}/write?token=marker-token`);
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "refused", reason: "redirect", status });
    expect(outcome).toHaveProperty(
      "error.message",
      expect.stringContaining(
        `the receiver redirects to ${url}/write?token=…, and only 307 and 308 keep a POST: check \`url\``,
      ),
    );
    expect(requests).toHaveLength(1);
  });

  test("H14: a ring ends", async () => {
    const { url, requests } = await startRedirector(308, () => "/");
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "refused", reason: "redirect", status: 308 });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining("after 5 redirects before"));
    expect(requests).toHaveLength(6);
  });

  test.each(["ftp://127.0.0.1/", "data:,x", "http://", ""])("H14: %j is no place to go", async (location) => {
    const { url, requests } = await startRedirector(307, () => location);
    const outcome = await createFixedClient({ url: `${url}/a`, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "refused", reason: "redirect", status: 307 });
    expect(requests).toHaveLength(1);
  });

  test("A2: user name and password in a target are left out", async () => {
    const { url, requests } = await startRedirector(307, (self) =>
      self.replace("://", "://user:marker-secret@").concat("/write"),
    );
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "acknowledged" });
    expect(requests[1]?.headers).not.toHaveProperty("authorization");
  });

  test("A2: what stands in a target's query does not come out of what it answers", async () => {
    const other = await startServer((response, { target }) => response.writeHead(400).end(target));
    const { url } = await startRedirector(307, () => `${other.url}/write?token=marker-token`);
    const outcome = await createFixedClient({ url, fetch }).send(oneSample);
    expect(outcome).toHaveProperty("error.message", expect.stringContaining("/write?token=[redacted]"));
  });

  test("H14: all attempts together have one timeout", async () => {
    const pass = holdTime();
    const server: LoopbackServer = await startServer((response, { target }) => {
      pass(5000);
      if (target === "/") response.writeHead(307, { location: "/slow" }).end();
    });
    const outcome = await createFixedClient({ url: server.url, fetch, timeoutMillis: 10_000 }).send(
      oneSample,
    );
    expect(outcome).toMatchObject({ kind: "retryable", reason: "timeout" });
    expect(server.requests).toHaveLength(2);
  });
});

/** Of the client's certificate. */
function commonNameOf(socket: Socket): unknown {
  return (socket as TLSSocket).getPeerCertificate().subject?.CN;
}

describe("H14: between http and https", () => {
  const authority = createAuthority();

  test("from https to http would let anyone read along: not followed", async () => {
    const write = await createTemporaryFolder();
    const plain = await startServer((response) => response.writeHead(204).end());
    const secure = await startServer(
      (response) => response.writeHead(307, { location: `${plain.url}/` }).end(),
      authority.issue(),
    );
    const tls = { caFile: write("ca.pem", authority.cert) };
    const outcome = await createFixedClient({ url: secure.url, tls }).send(oneSample);
    expect(outcome).toMatchObject({ kind: "refused", reason: "redirect" });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining("leaving https://: check `url`"));
    expect(plain.requests).toEqual([]);
  });

  test("client certificate and serverName are for the receiver alone", async () => {
    const write = await createTemporaryFolder();
    const peers: unknown[] = [];
    const other = await startServer(
      (response, { socket }) => {
        peers.push(commonNameOf(socket));
        response.writeHead(204).end();
      },
      { ...authority.issue(), ca: authority.cert, requestCert: true, rejectUnauthorized: false },
    );
    const first = await startServer(
      (response, { socket }) => {
        peers.push(commonNameOf(socket));
        response.writeHead(307, { location: `${other.url}/write` }).end();
      },
      {
        ...authority.issue({ names: ["receiver.example"] }),
        ca: authority.cert,
        requestCert: true,
        rejectUnauthorized: false,
      },
    );
    const { cert, key } = authority.issue({ names: ["client"] });
    const certFile = write("client.pem", cert);
    const tls = { caFile: write("ca.pem", authority.cert), certFile, keyFile: write("client.key", key) };
    const client = createFixedClient({ url: first.url, tls: { ...tls, serverName: "receiver.example" } });
    expect(await client.send(oneSample)).toMatchObject({ kind: "acknowledged" });
    expect(peers).toEqual(["client", undefined]);
  });
});
