import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createRemoteWriteClient } from "../client/remote-write-client.js";
import { createAuthority } from "../testing/certificates.js";
import { createFixedClient } from "../testing/create-fixed-client.js";
import { oneSample, startRawServer, startServer, unusedUrl } from "../testing/loopback.js";
import { holdTime } from "../testing/hold-time.js";
import { startProxy } from "../testing/proxy-server.js";
import { runScript } from "../testing/run-script.js";
import { createTemporaryFolder } from "../testing/temporary-folder.js";

const authority = createAuthority();
const acknowledged = { kind: "acknowledged", status: 204 };
const credentials = { authorization: `Basic ${btoa("user:marker-secret")}` };

/** The same address with the proxy's user name and password. */
function withCredentials(url: string, password = "marker-secret"): string {
  return url.replace("://", `://user:${password}@`);
}

async function startReceiver(tls: boolean) {
  const certificate = tls ? authority.issue({ names: ["receiver.example"] }) : undefined;
  return await startServer((response) => response.writeHead(204).end(), certificate);
}

const schemes = ["http", "https"] as const;

describe.each(schemes)("H15: to an %s receiver", (scheme) => {
  describe.each(schemes)("through an %s proxy", (proxyScheme) => {
    async function setUp(options: object = {}) {
      const write = await createTemporaryFolder();
      const receiver = await startReceiver(scheme === "https");
      const tls = proxyScheme === "https" ? authority.issue() : undefined;
      const proxy = await startProxy({ to: receiver.url, ...options, tls });
      const isTls = scheme === "https" || proxyScheme === "https";
      return {
        receiver,
        proxy,
        // No name server knows it, so that only the proxy can get there.
        url: `${scheme}://receiver.example/api/v1/write?x=1`,
        tls: isTls ? { caFile: write("ca.pem", authority.cert) } : undefined,
      };
    }

    test("requests arrive, and use the connection again", async () => {
      const { receiver, proxy, url, tls } = await setUp(credentials);
      const headers = { "X-Scope-OrgID": "a" };
      const client = createFixedClient({ url, tls, headers, proxyUrl: withCredentials(proxy.url) });
      expect(await client.send(oneSample)).toMatchObject(acknowledged);
      expect(await client.send(oneSample)).toMatchObject(acknowledged);
      expect(receiver.requests.map(({ target, headers: { host } }) => [target, host])).toEqual([
        ["/api/v1/write?x=1", "receiver.example"],
        ["/api/v1/write?x=1", "receiver.example"],
      ]);
      expect(receiver.requests[0]?.headers).not.toHaveProperty("proxy-authorization");
      expect(receiver.requests[0]?.body.length).toBeGreaterThan(0);
      expect(proxy.connections()).toBe(1);
      expect(proxy.asked).toEqual(
        scheme === "https" ? ["CONNECT receiver.example:443"] : [`POST ${url}`, `POST ${url}`],
      );
      // In a tunnel the proxy sees nothing else.
      expect(proxy.headers[0]).toHaveProperty("proxy-authorization", credentials.authorization);
      expect("x-scope-orgid" in (proxy.headers[0] ?? {})).toBe(scheme === "http");
    });

    test.each([
      [
        "none",
        (url: string) => url,
        /wants credentials: give them in `proxyUrl`, as in http:\/\/user:password@/,
      ],
      [
        "wrong ones",
        (url: string) => withCredentials(url, "marker-wrong"),
        /not accept user name and password of/,
      ],
    ])("407 for credentials, %s", async (_, at, message) => {
      const { proxy, url, tls, receiver } = await setUp(credentials);
      const outcome = await createFixedClient({ url, tls, proxyUrl: at(proxy.url) }).send(oneSample);
      expect(outcome).toMatchObject({ kind: "retryable", reason: "proxy", status: undefined });
      expect(outcome).toHaveProperty("error.message", expect.stringMatching(message));
      expect(JSON.stringify(outcome)).not.toMatch(/marker|dXNlcjpt/);
      expect(receiver.requests).toEqual([]);
    });
  });

  test("a proxy that is down, then up", async () => {
    const write = await createTemporaryFolder();
    const tls = scheme === "https" ? { caFile: write("ca.pem", authority.cert) } : undefined;
    const proxyUrl = withCredentials(await unusedUrl());
    const client = createFixedClient({ url: `${scheme}://receiver.example/`, tls, proxyUrl });
    const outcome = await client.send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason: "proxy", error: { code: "ECONNREFUSED" } });
    const { host } = new URL(proxyUrl);
    expect(outcome).toHaveProperty(
      "error.message",
      `remote write to ${scheme}://receiver.example/: the proxy ${host} of \`proxyUrl\`: ` +
        `nothing listens on ${host} (ECONNREFUSED): is the proxy running, and is the port of \`proxyUrl\` right?`,
    );
  });

  test("a proxy that is not known by name", async () => {
    const client = createFixedClient({
      url: `${scheme}://receiver.example/`,
      proxyUrl: "http://proxy.invalid",
    });
    expect(await client.send(oneSample)).toMatchObject({
      reason: "proxy",
      error: {
        message: expect.stringMatching(/proxy\.invalid .*is the host of `proxyUrl` right\?$/) as string,
      },
    });
  });

  test("a proxy that says nothing: the attempt ends in time, and its connection", async () => {
    const ended = Promise.withResolvers<void>();
    const pass = holdTime();
    const { url: proxyUrl } = await startRawServer((socket) =>
      socket.once("data", () => pass(1000)).on("close", ended.resolve),
    );
    const client = createFixedClient({ url: `${scheme}://receiver.example/`, proxyUrl, timeoutMillis: 1000 });
    const outcome = await client.send(oneSample);
    const isTunnel = scheme === "https";
    expect(outcome).toMatchObject({ kind: "retryable", reason: isTunnel ? "proxy" : "timeout" });
    expect(outcome).toHaveProperty(
      "error.message",
      `remote write to ${scheme}://receiver.example/: the proxy ${new URL(proxyUrl).host} of \`proxyUrl\` gave no ` +
        (isTunnel
          ? "connection to the receiver within 1000 ms (`timeoutMillis`): is the proxy running, and may it connect to " +
            "the receiver's host and port?"
          : "answer within 1000 ms (`timeoutMillis`): is the proxy or the receiver behind it overloaded, or does a " +
            "firewall stand between?"),
    );
    await ended.promise;
  });

  test("a proxy that hangs up", async () => {
    const { url: proxyUrl } = await startRawServer((socket) => socket.once("data", () => socket.end()));
    const client = createFixedClient({ url: `${scheme}://receiver.example/`, proxyUrl });
    expect(await client.send(oneSample)).toMatchObject({ kind: "retryable", reason: "proxy" });
  });

  test("a proxy with a certificate of an unknown authority", async () => {
    const tls = createAuthority("Other").issue();
    const proxy = await startProxy({ to: "http://127.0.0.1:1", tls });
    const client = createFixedClient({ url: `${scheme}://receiver.example/`, proxyUrl: proxy.url });
    expect(await client.send(oneSample)).toMatchObject({
      kind: "retryable",
      reason: "proxy",
      error: { message: expect.stringContaining("is not signed by an authority") as string },
    });
  });
});

describe("H15: CONNECT", () => {
  test.each([
    [401, "it wants credentials: give them in `proxyUrl`"],
    [403, "does it allow this host and port?"],
    [502, "is the receiver running, and is `url` right?"],
  ])("refused with %d is worth a retry: %s", async (connectStatus, text) => {
    const proxy = await startProxy({ to: "http://127.0.0.1:1", connectStatus });
    const client = createFixedClient({ url: "https://receiver.example/", proxyUrl: proxy.url });
    const outcome = await client.send(oneSample);
    expect(outcome).toMatchObject({ kind: "retryable", reason: "proxy", status: undefined });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining(`: ${connectStatus}: it `));
    expect(outcome).toHaveProperty("error.message", expect.stringContaining(text));
  });

  test("to an address of IPv6 has brackets", async () => {
    const proxy = await startProxy({ to: "http://127.0.0.1:1", connectStatus: 403 });
    await createFixedClient({ url: "https://[2001:db8::1]:9/", proxyUrl: proxy.url }).send(oneSample);
    expect(proxy.asked).toEqual(["CONNECT [2001:db8::1]:9"]);
  });

  test("checks the receiver's certificate, not the proxy's name", async () => {
    const receiver = await startServer((response) => response.writeHead(204).end(), authority.issue());
    const write = await createTemporaryFolder();
    const proxy = await startProxy({ to: receiver.url });
    const tls = { caFile: write("ca.pem", authority.cert) };
    const options = { url: "https://receiver.example/", proxyUrl: proxy.url };
    expect(await createFixedClient({ ...options, tls }).send(oneSample)).toMatchObject({
      reason: "certificate",
      error: { message: expect.stringContaining("not for receiver.example") as string },
    });
    const named = { ...tls, serverName: "localhost" };
    expect(await createFixedClient({ ...options, tls: named }).send(oneSample)).toMatchObject(acknowledged);
  });

  test("to a receiver that says nothing is not blamed on the proxy", async () => {
    const pass = holdTime();
    const receiver = await startRawServer((socket) => socket.once("data", () => pass(10_000)));
    const proxy = await startProxy({ to: receiver.url });
    const options = { url: "https://receiver.example/", proxyUrl: proxy.url, timeoutMillis: 10_000 };
    expect(await createFixedClient(options).send(oneSample)).toMatchObject({
      kind: "retryable",
      reason: "timeout",
      error: { message: expect.stringContaining("is the receiver overloaded") as string },
    });
    expect(receiver.connections()).toBe(1);
  });

  test("under way does not keep the process alive", async () => {
    const { url: proxyUrl } = await startRawServer((socket) => socket.resume());
    const options = { url: "https://receiver.example/", proxyUrl, timeoutMillis: 600_000 };
    const child = await runScript(`
      const client = createRemoteWriteClient(${JSON.stringify(options)});
      client.send({ counts: { samples: 1, histograms: 0, exemplars: 0 }, encode: () => new Uint8Array() });
      console.log("sent");
    `);
    expect(child).toEqual({ code: 0, output: "sent\n" });
  });
});

test.each(["with", "without"])(
  "H16: idle TLS %s a tunnel does not keep the process alive",
  async (tunnel) => {
    const write = await createTemporaryFolder();
    const receiver = await startServer((response) => response.writeHead(204).end(), authority.issue());
    const proxy = await startProxy({ to: receiver.url });
    const options = {
      url: receiver.url,
      tls: { caFile: write("ca.pem", authority.cert) },
      ...(tunnel === "with" && { proxyUrl: proxy.url }),
      protobufMessage: "prometheus.WriteRequest",
    };
    const child = await runScript(`
    const client = createRemoteWriteClient(${JSON.stringify(options)});
    const batch = { counts: { samples: 1, histograms: 0, exemplars: 0 }, encode: () => new Uint8Array() };
    client.ref();
    for (let i = 0; i < 2; i++) console.log((await client.send(batch)).kind);
    client.unref();
  `);
    expect(child).toEqual({ code: 0, output: "acknowledged\nacknowledged\n" });
    expect(receiver.connections()).toBe(1);
    expect(proxy.connections()).toBe(tunnel === "with" ? 1 : 0);
  },
);

test("H15: the environment's proxy is used, read at construction", async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  const receiver = await startReceiver(false);
  const proxy = await startProxy({ to: receiver.url });
  vi.stubEnv("HTTP_PROXY", proxy.url);
  vi.stubEnv("NO_PROXY", "");
  const client = createFixedClient({ url: "http://receiver.example/" });
  vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:1");
  expect(await client.send(oneSample)).toMatchObject(acknowledged);
  expect(proxy.asked).toEqual(["POST http://receiver.example/"]);
  // Never for loopback.
  expect(await createFixedClient({ url: receiver.url }).send(oneSample)).toMatchObject(acknowledged);
});

test("H15: a fetch through the environment's proxy keeps the process alive until its answer is read", async () => {
  const receiver = await startServer((response) => setTimeout(() => response.end("token"), 300));
  const proxy = await startProxy({ to: receiver.url });
  const source = new URL("environment-proxy-node.ts", import.meta.url).href;
  const child = await runScript(`
    process.env["HTTP_PROXY"] = ${JSON.stringify(proxy.url)};
    const { findEnvironmentProxy } = await import(${JSON.stringify(source)});
    const { fetch } = findEnvironmentProxy(new URL("http://auth.example/token"), "");
    console.log(await (await fetch("", { method: "POST", body: "a=1" })).text());
  `);
  expect(child).toEqual({ code: 0, output: "token\n" });
  expect(proxy.asked).toEqual(["POST http://auth.example/token"]);
});

test("A2: what a proxy repeats of its password is not shown", async () => {
  const proxy = await startServer((response, { rawHeaders }) =>
    response.writeHead(403).end(rawHeaders.join(" ")),
  );
  const proxyUrl = withCredentials(proxy.url);
  const outcome = await createFixedClient({ url: "http://receiver.example/", proxyUrl }).send(oneSample);
  expect(outcome).toHaveProperty("error.message", expect.stringContaining("Basic [redacted]"));
});

test("H15: a fetch of one's own makes its own connections", () => {
  const url = "http://receiver.example/";
  const message = /^createRemoteWriteClient: (proxyUrl|noProxy) has no effect with a fetch of your own; /;
  expect(() => createRemoteWriteClient({ url, fetch, proxyUrl: "http://p" })).toThrow(message);
  expect(() => createRemoteWriteClient({ url, fetch, noProxy: "*" })).toThrow(message);
});
