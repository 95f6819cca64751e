// What would be sent? The translator is a pure function, and has no dependencies.
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { translate } from "@otel-remote-write/translator";

/** A reader that is only asked. */
class ManualReader extends MetricReader {
  /** @override */
  async onForceFlush() {}
  /** @override */
  async onShutdown() {}
}

const reader = new ManualReader();
const resource = resourceFromAttributes({ "service.name": "shop", "service.version": "1.4.0" });
const meter = new MeterProvider({ readers: [reader], resource }).getMeter("checkout");

meter
  .createCounter("orders", { unit: "{order}", description: "Orders." })
  .add(3, { "payment.method": "card" });
const bounds = { explicitBucketBoundaries: [0.1, 0.5] };
meter.createHistogram("order.duration", { unit: "s", advice: bounds }).record(0.25);

const { resourceMetrics } = await reader.collect();
const { timeSeries, drops, warnings } = translate(resourceMetrics, { scopeInfo: false });

for (const { labels, metadata, samples } of timeSeries) {
  const name = labels.find((label) => label.name === "__name__")?.value;
  const others = labels.filter((label) => label.name !== "__name__");
  const text = others.map((label) => `${label.name}=${JSON.stringify(label.value)}`).join(", ");
  console.log(`${name}{${text}} ${samples[0]?.value}  (${metadata.type})`);
}
console.log(`dropped: ${drops.length}, warnings: ${warnings.length}`);
