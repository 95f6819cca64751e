import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  MeterProvider,
  type MeterProviderOptions,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import { startReceiver } from "@otel-remote-write/receiver";
import { onTestFinished } from "vitest";
import type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
import { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";

export type Metrics = Parameters<PushMetricExporter["export"]>[0];

export const resource = resourceFromAttributes({ "service.name": "shop", "service.instance.id": "one" });

/** An exporter in the SDK, which collects only when told to, and a receiver. They end with the test. */
export async function startExporter(
  options: Partial<RemoteWriteMetricExporterOptions> = {},
  views: MeterProviderOptions["views"] = [],
) {
  const receiver = await startReceiver();
  const exporter = new RemoteWriteMetricExporter({ url: receiver.url, ...options });
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 3_600_000,
    cardinalityLimits: { default: 10_000 },
  });
  const provider = new MeterProvider({ resource, readers: [reader], views });
  onTestFinished(async () => {
    await provider.shutdown();
    await receiver.close();
  });
  return { receiver, exporter, reader, provider, meter: provider.getMeter("test") };
}

/** Undefined where the callback says success. */
export async function exportOnce(
  exporter: RemoteWriteMetricExporter,
  metrics: Metrics,
): Promise<Error | undefined> {
  const { code, error } = await new Promise<{ code: number; error?: Error }>((resolve) => {
    exporter.export(metrics, resolve);
  });
  return code === 0 ? undefined : (error ?? new Error("failed without an error"));
}
