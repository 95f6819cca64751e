// nginx in front of Prometheus: it ends TLS, wants client certificates, and redirects.
import { bearerAuth } from "@otel-remote-write/auth-bearer";
import { expect, it, onTestFinished } from "vitest";
import { startNginx } from "../../scripts/servers/nginx.mjs";
import { startPrometheus } from "../../scripts/servers/prometheus.mjs";
import { describeWithPrograms } from "../harness/describe-with-programs.js";
import { captureDiag, createPipeline } from "./pipeline.js";
import { createAuthority, createTemporaryFolder, selfSigned } from "./testing.js";

const authority = createAuthority();

describeWithPrograms(["prometheus", "nginx"], "Prometheus behind nginx", (found) => {
  async function setUp(certificate = authority.issue(), more: (store: string) => string = () => "") {
    const write = await createTemporaryFolder();
    const store = await startPrometheus(found("prometheus"));
    onTestFinished(() => store.stop());
    const cert = write("server.pem", certificate.cert);
    const key = write("server.key", certificate.key);
    const gate = await startNginx({
      ...found("nginx"),
      server: (address) => `
        listen ${address} ssl;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_certificate ${cert};
        ssl_certificate_key ${key};
        ${more(store.url)}
        location / { proxy_pass ${store.url}; }`,
    });
    onTestFinished(() => gate.stop());
    const caFile = write("ca.pem", authority.cert);
    return { write, store, gate, caFile, at: `https://${gate.address}` };
  }

  it("is reached over TLS, and values are queried back", async () => {
    const { store, at, caFile } = await setUp();
    const { push } = createPipeline({ url: `${at}/api/v1/write`, tls: { caFile } });
    expect(await push(1)).toBeUndefined();
    expect(await push(2)).toBeUndefined();
    expect((await store.samples("secure_value"))[0]?.points.map(({ value }) => value)).toEqual([1, 2]);
  });

  it.each([
    ["expired", authority.issue({ validDays: [-9, -1] }), "is expired or not valid yet"],
    ["self-signed", selfSigned(), "is not signed by an authority that this process knows"],
    [
      "for another host",
      authority.issue({ names: ["receiver.example"] }),
      "is for another host name, DNS:receiver",
    ],
  ])("with a certificate that is %s is named in one line, and waited for", async (_, wrong, message) => {
    const { write, store, gate, at, caFile } = await setUp(wrong);
    const { exporter, push } = createPipeline({ url: `${at}/api/v1/write`, tls: { caFile } });
    const text = (await push(1))?.message;
    expect(text).toContain(message);
    expect(text).not.toContain("\n");
    const { cert, key } = authority.issue();
    write("server.pem", cert);
    write("server.key", key);
    await gate.restart();
    await exporter.forceFlush();
    expect((await store.query("secure_value"))[0]?.point.value).toBe(1);
    expect(exporter.stats()).toMatchObject({ dropped: {}, unconfirmed: 0, queue: { samples: 0 } });
  });

  it("with a certificate for another host is reached by serverName, or by insecureSkipVerify with a warning", async () => {
    const { store, at, caFile } = await setUp(authority.issue({ names: ["receiver.example"] }));
    const url = `${at}/api/v1/write`;
    const named = createPipeline({ url, tls: { caFile, serverName: "receiver.example" } });
    expect(await named.push(1)).toBeUndefined();
    const lines = captureDiag();
    const blind = createPipeline({ url, tls: { insecureSkipVerify: true } });
    expect(await blind.push(2)).toBeUndefined();
    expect(await blind.push(3)).toBeUndefined();
    expect(lines.filter((line) => line.includes("insecureSkipVerify"))).toHaveLength(1);
    expect((await store.samples("secure_value"))[0]?.points.map(({ value }) => value)).toEqual([1, 2, 3]);
  });

  it("gets a client certificate, and names in its own words what it misses", async () => {
    const clients = await createTemporaryFolder();
    const ca = clients("clients.pem", authority.cert);
    const { write, store, at, caFile } = await setUp(
      undefined,
      () => `ssl_client_certificate ${ca}; ssl_verify_client on;`,
    );
    const url = `${at}/api/v1/write`;
    const without = createPipeline({ url, tls: { caFile } });
    expect((await without.push(1))?.message).toMatch(
      /400: .*does it want a client certificate, or another one \(`tls\.certFile`.*No required SSL certificate was sent/,
    );
    const { cert, key } = authority.issue({ names: ["client"] });
    const files = { certFile: write("c.pem", cert), keyFile: write("c.key", key) };
    for (const minVersion of ["TLSv1.2", "TLSv1.3"] as const) {
      expect(await createPipeline({ url, tls: { caFile, ...files, minVersion } }).push(2)).toBeUndefined();
    }
    expect((await store.query("secure_value"))[0]?.point.value).toBe(2);
  });

  it("H14: is followed where it redirects with 307 and 308, and not with 301", async () => {
    const { store, at, caFile } = await setUp(
      undefined,
      () => `
        location /307 { return 307 /308; }
        location /308 { return 308 /api/v1/write; }
        location /301 { return 301 /api/v1/write; }`,
    );
    const tls = { caFile };
    expect(await createPipeline({ url: `${at}/307`, tls }).push(5)).toBeUndefined();
    expect((await store.query("secure_value"))[0]?.point.value).toBe(5);
    expect((await createPipeline({ url: `${at}/301`, tls }).push(6))?.message).toMatch(
      /301: the receiver redirects to https:\/\/127\.0\.0\.1:\d+\/api\/v1\/write, and only 307 and 308 keep a POST/,
    );
    const off = createPipeline({ url: `${at}/307`, tls, followRedirects: false });
    expect((await off.push(6))?.message).toContain("and `followRedirects` is false");
  });

  it("H14: gets no credentials by a redirect from elsewhere", async () => {
    const { store } = await setUp();
    const gate = await startNginx({
      ...found("nginx"),
      server: (address) => `
        listen ${address};
        set $credentials "$http_authorization$http_x_api_key";
        if ($credentials != "") { return 418; }
        location / { proxy_pass ${store.url}; }`,
    });
    onTestFinished(() => gate.stop());
    const elsewhere = await startNginx({
      ...found("nginx"),
      server: (address) => `
        listen ${address};
        if ($http_authorization != "Bearer token-of-elsewhere") { return 401; }
        if ($http_x_api_key != "key-of-elsewhere") { return 401; }
        location / { return 307 ${gate.url}$request_uri; }`,
    });
    onTestFinished(() => elsewhere.stop());
    const { push } = createPipeline({
      url: `${elsewhere.url}/api/v1/write`,
      auth: bearerAuth({ token: "token-of-elsewhere" }),
      headers: { "X-Api-Key": "key-of-elsewhere" },
    });
    expect(await push(7)).toBeUndefined();
    expect((await store.query("secure_value"))[0]?.point.value).toBe(7);
  });
});
