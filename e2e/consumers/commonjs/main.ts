// The application of ../esm in CommonJS: the compiler makes a require() of every import.
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { basicAuth } from "@otel-remote-write/auth-basic";
import { RemoteWriteMetricExporter, startRemoteWrite } from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";
import { translate } from "@otel-remote-write/translator";

async function main(): Promise<void> {
  const receiver = await startReceiver();
  const auth = basicAuth({ username: "Aladdin", password: "open sesame" });
  const resource = resourceFromAttributes({ "service.name": "consumer", "service.instance.id": "1" });

  const exporter = new RemoteWriteMetricExporter({ url: receiver.url, auth });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
  const meterProvider = new MeterProvider({ readers: [reader], resource });
  const meter = meterProvider.getMeter("commonjs");
  meter.createCounter("orders").add(2, { country: "NO" });
  meter.createHistogram("latency", { unit: "s", advice: { explicitBucketBoundaries: [1] } }).record(0.5);
  const { resourceMetrics } = await reader.collect();
  await meterProvider.shutdown();

  const remoteWrite = startRemoteWrite({ url: receiver.url, auth, resource });
  remoteWrite.meterProvider.getMeter("commonjs").createUpDownCounter("open").add(-1);
  await remoteWrite.shutdown();

  console.log(
    JSON.stringify({
      latest: receiver.latest(),
      translated: translate(resourceMetrics).timeSeries.length,
      authorization: receiver.requests.map(({ headers }) => headers.authorization),
      violations: receiver.violations,
      dropped: [exporter.stats().dropped, remoteWrite.stats().dropped],
    }),
  );
  await receiver.close();
}

void main();
