import { createServer as createTlsServer, type Server } from "node:https";
import type { TLSSocket } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import type { TlsOptions } from "../http/connection-options.js";
import { createRemoteWriteClient } from "../client/remote-write-client.js";
import { createAuthority, selfSigned } from "../testing/certificates.js";
import { createFixedClient } from "../testing/create-fixed-client.js";
import { listen, type LoopbackServer, oneSample, startServer } from "../testing/loopback.js";
import { createTemporaryFolder } from "../testing/temporary-folder.js";

const authority = createAuthority();
const acknowledged = { kind: "acknowledged", status: 204 };

/** The message of what fails with the reason `certificate`, or what came of it instead. */
async function certificateFault(url: string, tls: TlsOptions): Promise<unknown> {
  const outcome = await createFixedClient({ url, tls }).send(oneSample);
  return outcome.kind === "retryable" && outcome.reason === "certificate" ? outcome.error.message : outcome;
}

/** A receiver that wants a client certificate of the same authority. */
function startMutual(): Promise<LoopbackServer> {
  const tls = { ...authority.issue(), ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  return startServer((response) => response.writeHead(204).end(), tls);
}

async function startRotatable(): Promise<{ url: string; server: Server; connections: () => number }> {
  const server = createTlsServer({ ...authority.issue(), keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume().on("end", () => response.writeHead(204).end());
  });
  const { url, connections } = await listen(server);
  return { url: url.replace("http:", "https:"), server, connections };
}

describe("H15: trust", () => {
  test("caFile names the authority, in place of those that Node knows", async () => {
    const write = await createTemporaryFolder();
    const { url } = await startServer((response) => response.writeHead(204).end(), authority.issue());
    const caFile = write("ca.pem", authority.cert);
    expect(await createFixedClient({ url, tls: { caFile } }).send(oneSample)).toMatchObject(acknowledged);
    const other = { caFile: write("other.pem", createAuthority("Other").cert) };
    expect(await certificateFault(url, other)).toContain("give the authority's certificate as `tls.caFile`");
  });

  test("caFile may hold several, with text between them, CRLF and a byte order mark", async () => {
    const write = await createTemporaryFolder();
    const { url } = await startServer((response) => response.writeHead(204).end(), authority.issue());
    const bundle = `\ufeffFirst: Ö\n${createAuthority("Other").cert}\nSecond\n${authority.cert}`;
    const caFile = write("ca.pem", bundle.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n"));
    expect(await createFixedClient({ url, tls: { caFile } }).send(oneSample)).toMatchObject(acknowledged);
  });

  test.each([
    ["a self-signed certificate", () => selfSigned(), /is not signed by an authority .*`tls\.caFile`/],
    [
      "an unknown authority",
      () => createAuthority("X").issue(),
      /is not signed by an authority .*`tls\.caFile`/,
    ],
    [
      "an expired certificate",
      () => authority.issue({ validDays: [-9, -1] }),
      /is expired or not valid yet \(CERT_HAS_EXPIRED\): renew it/,
    ],
    ["one of tomorrow", () => authority.issue({ validDays: [1, 9] }), /expired or not valid yet .*clock/],
    [
      "another host name",
      () => authority.issue({ names: ["receiver.example"] }),
      /is for another host name, DNS:receiver\.example, not for 127\.0\.0\.1 .*`tls\.serverName`/,
    ],
  ])("%s: cause and fix in one line", async (_, certificate, message) => {
    const write = await createTemporaryFolder();
    const { url } = await startServer((response) => response.writeHead(204).end(), certificate());
    const fault = await certificateFault(url, { caFile: write("ca.pem", authority.cert) });
    expect(fault).toMatch(message);
    expect(fault).not.toContain("\n");
  });

  test.each(["receiver.example", "10.1.2.3"])("serverName %s: the name to expect", async (serverName) => {
    const write = await createTemporaryFolder();
    const names: unknown[] = [];
    const { url } = await startServer(
      (response, { socket }) => {
        names.push((socket as TLSSocket & { servername?: unknown }).servername);
        response.writeHead(204).end();
      },
      authority.issue({ names: ["receiver.example", "10.1.2.3"] }),
    );
    const caFile = write("ca.pem", authority.cert);
    const outcome = await createFixedClient({ url, tls: { caFile, serverName } }).send(oneSample);
    expect(outcome).toMatchObject(acknowledged);
    // RFC 6066, 3: an address is not sent as a name.
    expect(names).toEqual([serverName === "10.1.2.3" ? false : serverName]);
    expect(await certificateFault(url, { caFile, serverName: "10.9.9.9" })).toContain("another host name");
  });

  test("insecureSkipVerify takes any certificate, and warns once, with the first request", async () => {
    const { url } = await startServer((response) => response.writeHead(204).end(), selfSigned());
    const warnings: string[] = [];
    const client = createRemoteWriteClient(
      { url, tls: { insecureSkipVerify: true } },
      { onWarning: (kind, message) => warnings.push(`${kind}: ${message}`) },
    );
    expect(warnings).toEqual([]);
    await client.send(oneSample, { message: "prometheus.WriteRequest" });
    expect(await client.send(oneSample, { message: "prometheus.WriteRequest" })).toMatchObject(acknowledged);
    expect(warnings).toEqual([expect.stringMatching(/^tls_skip_verify: `tls\.insecureSkipVerify` is set: /)]);
  });
});

describe("H15: a receiver that wants a client certificate", () => {
  test.each(["TLSv1.2", "TLSv1.3"] as const)("gets it over %s", async (minVersion) => {
    const write = await createTemporaryFolder();
    const { url } = await startMutual();
    const { cert, key } = authority.issue({ names: ["client"] });
    const certFile = write("client.pem", cert);
    const tls = { caFile: write("ca.pem", authority.cert), certFile, keyFile: write("client.key", key) };
    const outcome = await createFixedClient({ url, tls: { ...tls, minVersion } }).send(oneSample);
    expect(outcome).toMatchObject(acknowledged);
  });

  test("says so where there is none", async () => {
    const write = await createTemporaryFolder();
    const { url } = await startMutual();
    const tls = { caFile: write("ca.pem", authority.cert) };
    // The receiver's word can be lost with the connection; then there is another try.
    await expect
      .poll(async () => String(await certificateFault(url, tls)), { timeout: 20_000 })
      .toMatch(/wants a client certificate .*: give it as `tls\.certFile` and `tls\.keyFile`$/);
  });
});

test("H15: minVersion keeps from older versions, and the fault names it", async () => {
  const write = await createTemporaryFolder();
  const { url } = await startServer((response) => response.writeHead(204).end(), {
    ...authority.issue(),
    maxVersion: "TLSv1.2",
  });
  const caFile = write("ca.pem", authority.cert);
  expect(await createFixedClient({ url, tls: { caFile } }).send(oneSample)).toMatchObject(acknowledged);
  const outcome = await createFixedClient({ url, tls: { caFile, minVersion: "TLSv1.3" } }).send(oneSample);
  expect(outcome).toHaveProperty(
    "error.message",
    expect.stringMatching(/no version of TLS in common.*minVersion/),
  );
});

describe("H15: files that are replaced", () => {
  test("are used from the next request on, and unchanged ones keep the connection", async () => {
    const write = await createTemporaryFolder();
    const { url, server, connections } = await startRotatable();
    const sockets: TLSSocket[] = [];
    server.on("secureConnection", (socket) => sockets.push(socket));
    const caFile = write("ca.pem", createAuthority("Old").cert);
    const client = createFixedClient({ url, tls: { caFile } });
    expect(await client.send(oneSample)).toMatchObject({ kind: "retryable", reason: "certificate" });
    sockets.length = 0;

    write("ca.pem", authority.cert);
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    const before = connections();
    const ended = new Promise((resolve) => {
      for (const socket of sockets) socket.on("close", resolve);
    });
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    expect(connections()).toBe(before);

    const next = createAuthority("Next");
    server.setSecureContext(next.issue());
    write("ca.pem", next.cert);
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    expect(connections()).toBe(before + 1);
    await ended;
  });

  test("stay in use as they were while one is missing or half written, with a warning", async () => {
    const write = await createTemporaryFolder();
    const { url } = await startRotatable();
    const [first, second] = [authority.issue(), authority.issue()];
    const warnings: string[] = [];
    const certFile = write("client.pem", first.cert);
    const keyFile = write("client.key", first.key);
    const tls = { caFile: write("ca.pem", authority.cert), certFile, keyFile };
    const client = createRemoteWriteClient(
      { url, tls, protobufMessage: "prometheus.WriteRequest" },
      { onWarning: (_, message) => warnings.push(message) },
    );
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    write("client.pem", second.cert);
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    write("ca.pem", authority.cert.slice(0, 200));
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    expect(warnings).toEqual([
      `tls.keyFile "${keyFile}" does not belong to the certificate in tls.certFile "${certFile}"; ` +
        "give the key that it was made with; what was read before stays in use",
      expect.stringMatching(
        /^tls\.caFile ".*ca\.pem" holds no certificate in PEM form; give the path of one; what was read/,
      ),
    ]);
    write("ca.pem", authority.cert);
    write("client.key", second.key);
    expect(await client.send(oneSample)).toMatchObject(acknowledged);
    expect(warnings).toHaveLength(2);
  });
});

test("H15: connections with a client certificate end with close", async () => {
  const write = await createTemporaryFolder();
  const server = createTlsServer(authority.issue(), (request, response) => {
    request.resume().on("end", () => response.writeHead(204).end());
  });
  const ended = new Promise<void>((resolve) => {
    server.on("secureConnection", (socket) => socket.on("close", () => resolve()));
  });
  const { url } = await listen(server);
  const tls = { caFile: write("ca.pem", authority.cert) };
  const client = createFixedClient({ url: url.replace("http:", "https:"), tls });
  onTestFinished(() => client.close());
  expect(await client.send(oneSample)).toMatchObject(acknowledged);
  client.close();
  await ended;
});
