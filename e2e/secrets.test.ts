// A2: feeds secrets through every plugin and every failure, and looks for them in everything that comes out.
import type { AuthPlugin } from "@otel-remote-write/auth";
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { captureDiag, createPipeline, oneRetry } from "./secure/pipeline.js";
import { createTemporaryFolder } from "./secure/testing.js";
import { everythingOf } from "./secrets/everything-of.js";
import { findSecrets, markers } from "./secrets/markers.js";
import { places, type Place, talkativeReceiver } from "./secrets/places.js";
import { failingPlugins, plugins } from "./secrets/plugins.js";

const headers = { "X-Api-Key": markers.header };

/** What the process prints while the test runs. */
function capturePrinted(): string[] {
  const printed: string[] = [];
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    const spy = vi.spyOn(console, method).mockImplementation((...parts) => {
      printed.push(parts.map(everythingOf).join(" "));
    });
    onTestFinished(() => spy.mockRestore());
  }
  return printed;
}

/** Sends to a place and shuts down; gives all that came out of it. */
async function sendAndCollect(
  { url, tls, proxyUrl }: Place,
  auth: AuthPlugin | undefined,
): Promise<{ text: string; error: Error | undefined }> {
  const printed = capturePrinted();
  const lines = captureDiag();
  const { exporter, push } = createPipeline({
    url,
    tls,
    proxyUrl,
    auth,
    headers,
    timeoutMillis: 250,
    queue: oneRetry,
  });
  const error = await push(1);
  await exporter.forceFlush();
  const during = everythingOf(exporter.stats());
  await exporter.shutdown();
  const values = [error, exporter, exporter.stats(), auth];
  return { text: [during, ...lines, ...printed, ...values.map(everythingOf)].join("\n"), error };
}

describe("the search itself", () => {
  it.each(Object.entries(markers))("finds %s in all its forms", (name, secret) => {
    const error = new Error("outer", { cause: new Error(`it says ${secret}`) });
    for (const text of [
      everythingOf(error),
      everythingOf({ a: [{ b: { c: new Map([["d", secret]]) } }] }),
      everythingOf(Object.defineProperty({}, "hidden", { value: secret })),
      encodeURIComponent(secret),
      JSON.stringify({ secret }),
      ...["u:", "us:", "use:"].map((user) => btoa(unescape(encodeURIComponent(user + secret)))),
    ]) {
      expect(findSecrets(text)).toContain(name);
    }
    expect(findSecrets("Basic, Bearer, marker, redacted, user")).toEqual([]);
  });
});

describe.each(Object.entries(plugins))("A2: with %s", (_name, createPlugin) => {
  it.each([204, 301, 307, 400, 401, 403, 404, 409, 413, 415, 429, 500, 503])(
    "no secret comes out of a %d by a receiver that repeats all it was told",
    async (status) => {
      const place = await talkativeReceiver(status);
      const { text } = await sendAndCollect(place, await createPlugin());
      expect(findSecrets(text)).toEqual([]);
      // Otherwise there was nothing to find. A signature does not hold its key.
      expect(findSecrets(place.arrived?.() ?? "")).toEqual(expect.arrayContaining(["header", "query"]));
      expect(findSecrets(place.arrived?.() ?? "").length).toBeGreaterThan(2);
    },
  );

  it.each(Object.entries(places))("no secret comes out where %s", async (_, createPlace) => {
    const place = await createPlace();
    const { text, error } = await sendAndCollect(place, await createPlugin());
    expect(findSecrets(text, place.secrets)).toEqual([]);
    expect(error).toBeInstanceOf(Error);
  });
});

it.each(Object.entries(places).filter(([name]) => name.includes("other credentials")))(
  "A2: there was something to find where %s",
  async (_, createPlace) => {
    const place = await createPlace();
    await sendAndCollect(place, undefined);
    expect(findSecrets(place.arrived?.() ?? "")).toContain("proxyPassword");
  },
);

it.each(Object.entries(failingPlugins))(
  "A2: no secret comes out of a failure of %s",
  async (_, createPlugin) => {
    const { text, error } = await sendAndCollect(await talkativeReceiver(204), await createPlugin());
    expect(findSecrets(text)).toEqual([]);
    expect(error?.message).toContain("failed");
  },
);

it.each(Object.entries(plugins))(
  "A2: the receiver's JSON API shows no secret of %s",
  async (_, createPlugin) => {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    const url = `${receiver.url}?key=${encodeURIComponent(markers.query)}`;
    const { text } = await sendAndCollect({ url }, await createPlugin());
    const paths = ["series", "latest", "metadata", "requests", "violations"];
    const answers = await Promise.all(
      paths.map(async (path) => await (await fetch(`${receiver.origin}/api/${path}`)).text()),
    );
    expect(findSecrets([text, ...answers].join("\n"))).toEqual([]);
    expect(answers.join("")).toContain("secure_value");
  },
);

it.each<[string, object]>([
  ["a password in url", { url: `http://user:${markers.password}@localhost/` }],
  ["a url that is none", { url: markers.query }],
  ["a token as a header", { headers: { Authorization: markers.token } }],
  ["a token with a line break as a header", { headers: { "X-Key": `${markers.header}\n` } }],
  ["a token as auth", { auth: markers.token }],
  ["a proxy of another kind", { proxyUrl: `socks5://user:${markers.proxyPassword}@proxy` }],
  ["a proxy that is no URL", { proxyUrl: markers.proxyPassword }],
  ["a proxy with a wrong escape", { proxyUrl: `http://user:${markers.proxyPassword}%@proxy` }],
  ["a proxy with a fetch", { proxyUrl: `http://user:${markers.proxyPassword}@proxy`, fetch }],
  ["an unknown option", { password: markers.password }],
  ["a secret as a number", { timeoutMillis: markers.password }],
])("A2: no secret comes out of the error for %s", (_, options) => {
  let error: unknown;
  try {
    error = new RemoteWriteMetricExporter({ url: "https://receiver.example/", ...options });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(TypeError);
  expect(findSecrets(everythingOf(error))).toEqual([]);
});

it("A2: nor out of files of tls that are no good", async () => {
  const write = await createTemporaryFolder();
  const certFile = write("client.pem", markers.token);
  const tls = { certFile, keyFile: write("client.key", markers.password) };
  let error: unknown;
  try {
    error = new RemoteWriteMetricExporter({ url: "https://receiver.example/", tls });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toHaveProperty("message", expect.stringContaining(certFile));
  expect(findSecrets(everythingOf(error))).toEqual([]);
});
