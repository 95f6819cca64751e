// tinyproxy on the way to Prometheus, which nginx guards with TLS.
import { expect, it, onTestFinished } from "vitest";
import { startNginx } from "../../scripts/servers/nginx.mjs";
import { startPrometheus } from "../../scripts/servers/prometheus.mjs";
import { startTinyproxy } from "../../scripts/servers/tinyproxy.mjs";
import { describeWithPrograms } from "../harness/describe-with-programs.js";
import { createPipeline, oneRetry } from "./pipeline.js";
import { createAuthority, createTemporaryFolder } from "./testing.js";

const authority = createAuthority();
const credentials = { user: "proxyuser", password: "proxypassword" };

describeWithPrograms(["prometheus", "nginx", "tinyproxy"], "Prometheus behind a proxy", (found) => {
  async function setUp(scheme: string) {
    const write = await createTemporaryFolder();
    const store = await startPrometheus(found("prometheus"));
    onTestFinished(() => store.stop());
    const proxy = await startTinyproxy({ ...found("tinyproxy"), credentials });
    onTestFinished(() => proxy.stop());
    const { user, password } = credentials;
    const proxyUrl = `http://${user}:${password}@${proxy.address}`;
    if (scheme === "http") return { store, proxy, proxyUrl, url: store.writeUrl, tls: undefined };
    const { cert, key } = authority.issue();
    const gate = await startNginx({
      ...found("nginx"),
      server: (address) => `
        listen ${address} ssl;
        ssl_certificate ${write("server.pem", cert)};
        ssl_certificate_key ${write("server.key", key)};
        location / { proxy_pass ${store.url}; }`,
    });
    onTestFinished(() => gate.stop());
    const tls = { caFile: write("ca.pem", authority.cert) };
    return { store, proxy, proxyUrl, url: `https://${gate.address}/api/v1/write`, tls };
  }

  it.each(["http", "https"])("over %s: values arrive, and wait while the proxy is down", async (scheme) => {
    const { store, proxy, proxyUrl, url, tls } = await setUp(scheme);
    const { exporter, push } = createPipeline({ url, tls, proxyUrl });
    expect(await push(1)).toBeUndefined();
    expect(proxy.logs()).toContain(scheme === "https" ? "CONNECT 127.0.0.1:" : `POST ${url}`);
    await proxy.kill();
    const text = (await push(2))?.message ?? "";
    expect(text).toContain(`the proxy ${proxy.address} of \`proxyUrl\`: `);
    expect(text).not.toMatch(/proxypassword|\n/);
    await proxy.restart();
    await exporter.forceFlush();
    expect((await store.samples("secure_value"))[0]?.points.map(({ value }) => value)).toEqual([1, 2]);
    expect(exporter.stats()).toMatchObject({ dropped: {}, unconfirmed: 0, queue: { samples: 0 } });
  });

  it.each([
    ["http", "", "wants credentials: give them in `proxyUrl`"],
    ["https", "", "wants credentials: give them in `proxyUrl`"],
    // Over plain http tinyproxy answers 401 to wrong ones, as a receiver does.
    ["https", "proxyuser:marker-wrong@", "does not accept user name and password of `proxyUrl`: check them"],
  ])(
    "over %s: credentials %j are named as what is wrong, and nothing is lost",
    async (scheme, user, message) => {
      const { store, proxy, url, tls } = await setUp(scheme);
      const proxyUrl = `http://${user}${proxy.address}`;
      const { exporter, push } = createPipeline({ url, tls, proxyUrl, queue: oneRetry });
      const text = (await push(1))?.message ?? "";
      expect(text).toContain(message);
      expect(text).not.toContain("marker-wrong");
      expect(exporter.stats().dropped).toEqual({});
      expect(await store.query("secure_value")).toEqual([]);
    },
  );

  it("noProxy goes past it", async () => {
    const { store, proxy, proxyUrl, url, tls } = await setUp("http");
    await proxy.kill();
    const { push } = createPipeline({ url, tls, proxyUrl, noProxy: "127.0.0.0/8" });
    expect(await push(3)).toBeUndefined();
    expect((await store.query("secure_value"))[0]?.point.value).toBe(3);
  });

  it("a receiver that the proxy cannot reach is no fault of the proxy's", async () => {
    const { proxyUrl, store, url } = await setUp("http");
    await store.kill();
    const { exporter, push } = createPipeline({ url, proxyUrl });
    expect((await push(1))?.message).toMatch(/queued, will be retried: .* 50\d: /);
    await store.restart();
    await exporter.forceFlush();
    expect((await store.query("secure_value"))[0]?.point.value).toBe(1);
    expect(exporter.stats().dropped).toEqual({});
  });
});
