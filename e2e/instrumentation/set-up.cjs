// Instruments http and fetch, as applications do it in a file of its own that is loaded before them. It keeps spans and
// measurements in memory: `globalThis.told()` gives those of requests that the process has made.
const { context, propagation, trace } = require("@opentelemetry/api");
const { AsyncLocalStorageContextManager } = require("@opentelemetry/context-async-hooks");
const { isTracingSuppressed, W3CTraceContextPropagator } = require("@opentelemetry/core");
const { registerInstrumentations } = require("@opentelemetry/instrumentation");
const { HttpInstrumentation } = require("@opentelemetry/instrumentation-http");
const { UndiciInstrumentation } = require("@opentelemetry/instrumentation-undici");
const sdkMetrics = require("@opentelemetry/sdk-metrics");
const { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } = require("@opentelemetry/sdk-trace");

const spans = new InMemorySpanExporter();
const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
trace.setGlobalTracerProvider(tracerProvider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

const measured = new sdkMetrics.InMemoryMetricExporter(sdkMetrics.AggregationTemporality.CUMULATIVE);
const reader = new sdkMetrics.PeriodicExportingMetricReader({ exporter: measured });
const meterProvider = new sdkMetrics.MeterProvider({ readers: [reader] });

registerInstrumentations({
  tracerProvider,
  meterProvider,
  instrumentations: [
    new HttpInstrumentation(),
    new UndiciInstrumentation(
      process.env.IGNORE_SUPPRESSED === "true" && {
        ignoreRequestHook: () => isTracingSuppressed(context.active()),
      },
    ),
  ],
});

globalThis.told = async () => {
  await Promise.all([reader.forceFlush(), tracerProvider.forceFlush()]);
  const points = measured
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap((scope) => scope.metrics)
    .filter(({ descriptor }) => descriptor.name === "http.client.request.duration")
    .flatMap(({ dataPoints }) => dataPoints);
  return {
    spans: spans
      .getFinishedSpans()
      .filter(({ attributes }) => "url.full" in attributes)
      .map(({ attributes }) => serverOf(attributes)),
    counted: points.map(({ attributes, value }) => [serverOf(attributes), value.count]),
  };
};

function serverOf(attributes) {
  return [attributes["server.address"], attributes["server.port"]].join(":");
}
