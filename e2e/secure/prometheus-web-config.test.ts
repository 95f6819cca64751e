// Prometheus configured as its own documentation says: users with bcrypt, TLS with client certificates.
import { basicAuth } from "@otel-remote-write/auth-basic";
import { hash } from "bcryptjs";
import { expect, it, onTestFinished } from "vitest";
import { startPrometheus } from "../../scripts/servers/prometheus.mjs";
import { describeWithPrograms } from "../harness/describe-with-programs.js";
import { createPipeline } from "./pipeline.js";
import { createAuthority, createTemporaryFolder } from "./testing.js";
import { createTlsGet } from "./tls-get.js";

const latest = 'secure_value{job="secure"}';

describeWithPrograms(["prometheus"], "Prometheus with basic auth", (found) => {
  it("takes the right password, names the wrong one, and recovers with the file", async () => {
    const write = await createTemporaryFolder();
    const [username, password] = ["zoë", "pässwörd: 🔑"];
    const get = (url: string): Promise<Response> =>
      fetch(url, {
        headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` },
      });
    const server = await startPrometheus({
      ...found("prometheus"),
      webConfig: { basic_auth_users: { [username]: await hash(password, 4) } },
      get,
    });
    onTestFinished(() => server.stop());

    const passwordFile = write("password", "wrong-password\n");
    const auth = basicAuth({ username, passwordFile });
    const { exporter, push } = createPipeline({ url: server.writeUrl, auth });
    expect(await push(1)).toHaveProperty(
      "message",
      expect.stringMatching(/401: the receiver does not accept the credentials of the auth plugin "basic"/),
    );
    expect(exporter.stats().dropped).toMatchObject({ unauthorized: expect.any(Number) as number });

    write("password", `${password}\n`);
    expect(await push(2)).toBeUndefined();
    expect((await server.samples(latest))[0]?.points.map(({ value }) => value)).toEqual([2]);
  });

  it("says what is missing where there is no auth", async () => {
    const server = await startPrometheus({
      ...found("prometheus"),
      webConfig: { basic_auth_users: { user: await hash("password", 4) } },
    });
    onTestFinished(() => server.stop());
    const { push } = createPipeline({ url: server.writeUrl });
    expect((await push(1))?.message).toContain("401: the receiver wants credentials: give them as `auth`");
  });
});

describeWithPrograms(["prometheus"], "Prometheus with TLS and client certificates", (found) => {
  const authority = createAuthority();

  async function setUp() {
    const write = await createTemporaryFolder();
    const { cert, key } = authority.issue();
    const client = authority.issue({ names: ["client"] });
    const get = createTlsGet({ ca: authority.cert, ...client });
    const server = await startPrometheus({
      ...found("prometheus"),
      webConfig: {
        tls_server_config: {
          cert_file: write("server.pem", cert),
          key_file: write("server.key", key),
          client_ca_file: write("clients.pem", authority.cert),
          client_auth_type: "RequireAndVerifyClientCert",
          min_version: "TLS13",
        },
      },
      get,
    });
    onTestFinished(() => server.stop());
    return { write, server, client, caFile: write("ca.pem", authority.cert) };
  }

  it("takes the right certificate, and a new one without a restart", async () => {
    const { write, server, client, caFile } = await setUp();
    const tls = { caFile, certFile: write("c.pem", client.cert), keyFile: write("c.key", client.key) };
    const { push } = createPipeline({ url: server.writeUrl, tls });
    expect(await push(1)).toBeUndefined();
    const next = authority.issue({ names: ["client"] });
    write("c.key", next.key);
    write("c.pem", next.cert);
    expect(await push(2)).toBeUndefined();
    expect((await server.samples(latest))[0]?.points.map(({ value }) => value)).toEqual([1, 2]);
  });

  it.each([
    ["no certificate", undefined, "wants a client certificate"],
    ["one of another authority", createAuthority("Other").issue(), "does not accept the client certificate"],
    ["an expired one", authority.issue({ validDays: [-9, -1] }), "does not accept the client certificate"],
  ])("names %s, keeps the samples, and recovers with the file", async (_, wrong, message) => {
    const { write, server, client, caFile } = await setUp();
    const files =
      wrong === undefined
        ? undefined
        : { certFile: write("c.pem", wrong.cert), keyFile: write("c.key", wrong.key) };
    const { exporter, push } = createPipeline({ url: server.writeUrl, tls: { caFile, ...files } });
    // Handshake and request cross each other, so that Prometheus may hang up before its word arrives; a retry tells.
    await expect.poll(async () => (await push(1))?.message, { timeout: 20_000 }).toContain(message);
    expect(exporter.stats().dropped).toEqual({});
    if (files === undefined) return;
    write("c.key", client.key);
    write("c.pem", client.cert);
    await expect.poll(async () => await push(2), { timeout: 20_000 }).toBeUndefined();
    expect((await server.query(latest))[0]?.point.value).toBe(2);
    expect(exporter.stats()).toMatchObject({ dropped: {}, queue: { samples: 0 } });
  });

  it("takes another authority's file in place of the wrong one", async () => {
    const { write, server, client } = await setUp();
    const caFile = write("own-ca.pem", createAuthority("Other").cert);
    const tls = { caFile, certFile: write("c.pem", client.cert), keyFile: write("c.key", client.key) };
    const { exporter, push } = createPipeline({ url: server.writeUrl, tls });
    expect((await push(1))?.message).toMatch(
      /certificate of 127\.0\.0\.1:\d+ is not signed by an authority that this process knows.*`tls\.caFile`/,
    );
    write("own-ca.pem", authority.cert);
    await expect.poll(async () => await push(2), { timeout: 20_000 }).toBeUndefined();
    expect((await server.query(latest))[0]?.point.value).toBe(2);
    expect(exporter.stats().dropped).toEqual({});
  });
});
