import { diag, DiagLogLevel } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import {
  RemoteWriteMetricExporter,
  type RemoteWriteMetricExporterOptions,
} from "@otel-remote-write/exporter";
import { onTestFinished } from "vitest";

export interface Pipeline {
  readonly exporter: RemoteWriteMetricExporter;
  /** Records a value and sends it; gives the error that the export ended with. */
  readonly push: (value: number) => Promise<Error | undefined>;
}

const never = 3_600_000;

/**
 * For what never gets through: a flush cuts the pause short for one more attempt, and ends with it. With short pauses
 * there would be attempts for as long as a flush may take.
 */
export const oneRetry = { minBackoffMillis: never, maxBackoffMillis: never };

/** From a gauge `secure_value{job="secure"}` to a receiver, one push at a time. */
export function createPipeline(options: RemoteWriteMetricExporterOptions): Pipeline {
  const exporter = new RemoteWriteMetricExporter({
    timeoutMillis: 2000,
    ...options,
    queue: { minBackoffMillis: 10, maxBackoffMillis: 100, ...options.queue },
  });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({
    resource: resourceFromAttributes({ "service.name": "secure", "service.instance.id": "1" }),
    readers: [reader],
  });
  onTestFinished(() => meterProvider.shutdown());
  const gauge = meterProvider.getMeter("secure").createGauge("secure_value");
  return {
    exporter,
    async push(value) {
      gauge.record(value);
      const { resourceMetrics } = await reader.collect();
      return await new Promise((resolve) => {
        exporter.export(resourceMetrics, ({ error }) => resolve(error));
      });
    },
  };
}

/** What OpenTelemetry's log says until the test ends. */
export function captureDiag(): string[] {
  const lines: string[] = [];
  const take = (...parts: unknown[]): void => void lines.push(parts.map(String).join(" "));
  diag.setLogger(
    { error: take, warn: take, info: take, debug: take, verbose: take },
    { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true },
  );
  onTestFinished(() => diag.disable());
  return lines;
}
