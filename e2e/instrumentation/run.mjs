// What both applications do: an export within a span whose first attempt fails, and requests of their own.
import { once } from "node:events";
import { context, trace } from "@opentelemetry/api";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";

export async function run({ http, RemoteWriteMetricExporter }) {
  const { receiverUrl, tokenUrl, ownUrl, ownFetch } = JSON.parse(process.env.SCENARIO);

  const auth = {
    name: "token",
    async authorize() {
      const response = await fetch(tokenUrl);
      return { authorization: `Bearer ${await response.text()}` };
    },
  };
  const exporter = new RemoteWriteMetricExporter({
    url: receiverUrl,
    ...(ownFetch && { fetch }),
    ...(tokenUrl && { auth }),
  });
  const span = trace.getTracer("application").startSpan("work");
  const traced = trace.setSpan(context.active(), span);
  const reader = new PeriodicExportingMetricReader({
    exporter: {
      // The reader has said that nothing is to be traced: as if nobody had.
      export: (metrics, done) => context.with(traced, () => exporter.export(metrics, done)),
      forceFlush: () => exporter.forceFlush(),
      shutdown: () => exporter.shutdown(),
    },
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const counter = meterProvider.getMeter("application").createCounter("orders");

  await context.with(traced, async () => {
    counter.add(1);
    await meterProvider.forceFlush();
    counter.add(1);
    await meterProvider.shutdown();
    const request = http.get(ownUrl);
    const [response] = await once(request, "response");
    response.resume();
    await once(response, "end");
    await (await fetch(ownUrl)).text();
  });
  span.end();

  const { retries, acknowledged } = exporter.stats();
  console.log(JSON.stringify({ ...(await globalThis.told()), retries, acknowledged: acknowledged.samples }));
}
