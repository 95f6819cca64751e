// The packages in a browser: they bundle without a Node module, the facade keeps to its size, and it exports where there
// are the globals of a page only.
import { startReceiver } from "@otel-remote-write/receiver";
import { describe, expect, it, onTestFinished } from "vitest";
import { bundleForBrowser } from "./bundle/bundle-for-browser.js";
import { createCrossOriginFetch } from "./bundle/cross-origin-fetch.js";
import { runInPage } from "./bundle/page.js";

const facadeBudgetBytes = 48_500;

const bundleOf = (name: string) =>
  bundleForBrowser({
    source: `export * from "@otel-remote-write/${name}";`,
    format: "esm",
    external: ["@opentelemetry/*"],
  });

describe("a bundle for browsers", () => {
  it.each(["exporter", "auth-basic", "auth-bearer", "auth-oauth2", "auth-sigv4"])(
    "of %s imports nothing but OpenTelemetry",
    async (name) => {
      const { imports, packages } = await bundleOf(name);
      expect(imports.filter((path) => !/^@opentelemetry\/(api|sdk-metrics)$/.test(path))).toEqual([]);
      expect(packages).not.toHaveProperty("@bufbuild/protobuf");
    },
  );

  it("cannot be made of code that needs Node", async () => {
    const bundle = bundleForBrowser({ source: `export * from "node:os";`, format: "esm" });
    await expect(bundle).rejects.toThrow('Could not resolve "node:os"');
  });

  it(`of the facade is at most ${facadeBudgetBytes} bytes, minified and compressed`, async () => {
    const { gzipBytes, packages } = await bundleOf("exporter");
    const parts = Object.entries(packages).map(([name, bytes]) => `${name} ${bytes}`);
    const summary = `the facade has ${gzipBytes} bytes min+gzip; before gzip: ${parts.join(", ")}`;
    console.log(summary);
    expect(gzipBytes).toBeLessThanOrEqual(facadeBudgetBytes);
  });
});

describe("a page", () => {
  const source = `
    import { resourceFromAttributes } from "@opentelemetry/resources";
    import { startRemoteWrite } from "@otel-remote-write/exporter";
    import { basicAuth } from "@otel-remote-write/auth-basic";

    export async function run(url: string): Promise<string> {
      const auth = basicAuth({ username: "Aladdin", password: "open sesame" });
      const resource = resourceFromAttributes({ "service.name": "shop" });
      const remoteWrite = startRemoteWrite({ url, auth, resource });
      remoteWrite.meterProvider.getMeter("page").createCounter("clicks").add(3, { button: "buy" });
      await remoteWrite.shutdown();
      return JSON.stringify(remoteWrite.stats());
    }
  `;
  type Page = { run(url: string): Promise<string> };
  const userAgent = "Mozilla/5.0 (a page)";

  it("has none of Node's globals", () => {
    const names = ["process", "Buffer", "require", "setImmediate", "global", "module"];
    const code = `var page = ${JSON.stringify(names)}.filter((name) => name in globalThis).join();`;
    expect(runInPage(code, {})).toBe("");
  });

  it.each([
    ["https", crypto],
    // Not a secure context, so that crypto has no more than this.
    ["http", { getRandomValues: (array: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(array) }],
  ])("of an %s origin exports to another one", async (scheme, pageCrypto) => {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    const { code } = await bundleForBrowser({ source, format: "iife" });
    const page = runInPage(code, {
      crypto: pageCrypto,
      fetch: createCrossOriginFetch(`${scheme}://shop.example.com`, userAgent),
    }) as Page;
    const stats = JSON.parse(await page.run(receiver.url)) as unknown;

    expect(stats).toMatchObject({ acknowledged: { samples: 1 }, dropped: {} });
    expect(receiver.latest().map(({ labels, value }) => [labels, value])).toEqual([
      [
        {
          __name__: "clicks_total",
          button: "buy",
          // There is no host to name it by.
          instance: expect.stringMatching(/^[0-9a-f-]{32,36}$/) as unknown,
          job: "shop",
          otel_scope_name: "page",
        },
        3,
      ],
    ]);
    expect(receiver.violations).toEqual([]);
    // Where CORS hides what a receiver of 2.0 says, it is 1.0, with metadata in a request of its own.
    const identity = [userAgent, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="];
    const requests = receiver.requests.map(({ messageType, counts, headers }) => [
      messageType,
      counts.samples,
      counts.metadata,
      headers["user-agent"],
      headers.authorization,
    ]);
    expect(requests).toEqual([
      ["prometheus.WriteRequest", 1, 0, ...identity],
      ["prometheus.WriteRequest", 0, 1, ...identity],
    ]);
  });
});
