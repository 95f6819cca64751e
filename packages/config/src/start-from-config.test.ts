import { metrics } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { startReceiver } from "@otel-remote-write/receiver";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { loadConfig } from "./load-config.js";
import { createMetricReaders } from "./metric-readers.js";
import { startFromConfig } from "./start-from-config.js";
import { createFolder } from "./testing.test-support.js";

async function receive(): ReturnType<typeof startReceiver> {
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  return receiver;
}

it("sends what a file of the Go exporter asks for", async () => {
  const receiver = await receive();
  const folder = createFolder({
    "cortex.yml": `
url: ${receiver.url}
remote_timeout: 30s
push_interval: 2s
name: Test
headers:
  X-Scope-OrgID: 5
basic_auth:
  username: user
  password_file: password
quantiles: [0.5]
histogram_boundaries: [10, 20]
`,
    password: "secret\n",
  });
  const remoteWrite = startFromConfig({
    file: join(folder, "cortex.yml"),
    env: { OTEL_SERVICE_NAME: "shop" },
    resource: resourceFromAttributes({ "service.instance.id": "1" }),
  });
  expect(metrics.getMeterProvider()).not.toBe(undefined);
  const histogram = metrics.getMeter("m").createHistogram("size");
  for (const value of [5, 15, 15, 25]) histogram.record(value);
  await remoteWrite.shutdown();

  const of = (labels: Record<string, string>): unknown =>
    receiver.value({ job: "shop", instance: "1", ...labels });
  expect(of({ __name__: "size_bucket", le: "10" })).toBe(1);
  expect(of({ __name__: "size_bucket", le: "20" })).toBe(3);
  expect(of({ __name__: "size_bucket", le: "+Inf" })).toBe(4);
  expect(of({ __name__: "size", quantile: "0.5" })).toBe(15);
  const [request] = receiver.requests;
  expect(request?.headers).toMatchObject({ "x-scope-orgid": "5" });
  expect(receiver.violations).toEqual([]);
  expect(remoteWrite.stats()).toHaveLength(1);
  expect(remoteWrite.stats()[0]?.dropped).toEqual({});
});

it("sends to every entry", async () => {
  const [a, b] = [await receive(), await receive()];
  const folder = createFolder({
    "prometheus.yml": `
global: { external_labels: { cluster: eu } }
remote_write:
  - url: ${a.url}
  - url: ${b.url}
    external_labels: { cluster: us }
`,
  });
  const remoteWrite = startFromConfig({ file: join(folder, "prometheus.yml"), env: {} });
  remoteWrite.meterProvider.getMeter("m").createCounter("orders").add(3);
  await remoteWrite.forceFlush();
  expect(a.value({ __name__: "orders_total", cluster: "eu" })).toBe(3);
  expect(b.value({ __name__: "orders_total", cluster: "us" })).toBe(3);
  await remoteWrite.shutdown();
  expect(remoteWrite.stats().map(({ dropped }) => dropped)).toEqual([{}, {}]);
});

it("makes readers for an SDK of one's own", async () => {
  const receiver = await receive();
  const env = { OTEL_EXPORTER_PROMETHEUS_REMOTE_WRITE_ENDPOINT: receiver.url };
  const provider = new MeterProvider({ readers: createMetricReaders(loadConfig({ env })) });
  provider.getMeter("m").createCounter("orders").add(2);
  await provider.shutdown();
  expect(receiver.value({ __name__: "orders_total" })).toBe(2);
});

it("names options that it does not know", () => {
  expect(() => startFromConfig({ configFile: "x" } as object)).toThrow("configFile is no option");
  expect(() => loadConfig({ fil: "x" } as object)).toThrow(
    "loadConfig: fil is no option; did you mean file?",
  );
});

it("does nothing where the SDK is disabled", async () => {
  const before = metrics.getMeterProvider();
  const remoteWrite = startFromConfig({ env: { OTEL_SDK_DISABLED: "true" } });
  expect(metrics.getMeterProvider()).toBe(before);
  remoteWrite.meterProvider.getMeter("m").createCounter("orders").add(2);
  await remoteWrite.shutdown();
  expect(remoteWrite.stats()).toEqual([]);
});
