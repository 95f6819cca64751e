import { diag, type MeterProvider as ApiMeterProvider, metrics } from "@opentelemetry/api";
import {
  MeterProvider,
  type MeterProviderOptions,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { checkDelayMillis, checkOptionKeys, wrongOption } from "@otel-remote-write/auth";
import type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
import { exporterOptionNames } from "./options/resolve-options.js";
import { RemoteWriteMetricExporter } from "./remote-write-metric-exporter.js";
import type { ExporterStats } from "./stats/exporter-stats.js";

/** Options of the exporter, and of the SDK's parts that go with it. */
export interface StartRemoteWriteOptions extends RemoteWriteMetricExporterOptions {
  /** What the metrics are about: `service.name` and its like. Default: the SDK's `defaultResource()`. */
  readonly resource?: MeterProviderOptions["resource"] | undefined;
  /** Views of the SDK: other aggregations, fewer attributes. None by default. */
  readonly views?: MeterProviderOptions["views"] | undefined;
  /** How often metrics are collected and sent, in milliseconds. Default 60,000, as the SDK has it. */
  readonly exportIntervalMillis?: number | undefined;
}

/** A running pipeline from instruments to the receiver. */
export interface RemoteWrite {
  /** Gives meters. It is also the global one, unless another was registered before. */
  readonly meterProvider: ApiMeterProvider;
  /** Collects and sends at once. Resolves as `RemoteWriteMetricExporter.forceFlush` does; never rejects. */
  forceFlush(): Promise<void>;
  /** Collects and sends for the last time. A second call waits for the first. Never rejects. */
  shutdown(): Promise<void>;
  /** What was sent, dropped and why, and what is queued. */
  stats(): ExporterStats;
}

/** How long the reader waits for one export, as the SDK has it. */
const exportTimeoutMillis = 30_000;
const owner = "startRemoteWrite";

/**
 * Sets up everything from instruments to the receiver: exporter, periodic reader and meter provider, which is registered
 * as the global one, so that `metrics.getMeter(…)` works everywhere.
 *
 * @throws {TypeError} for an option that is missing, unknown or wrong: it names the option and the fix
 */
export function startRemoteWrite(options: StartRemoteWriteOptions): RemoteWrite {
  checkOptionKeys(options, [...exporterOptionNames, "resource", "views", "exportIntervalMillis"], owner);
  const { resource, views, exportIntervalMillis = 60_000, ...exporterOptions } = options;
  checkDelayMillis(exportIntervalMillis, "exportIntervalMillis", owner);
  checkResource(resource);
  checkViews(views);
  const exporter = new RemoteWriteMetricExporter(exporterOptions);
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(exportTimeoutMillis, exportIntervalMillis),
  });
  const meterProvider = new MeterProvider({
    readers: [reader],
    ...(resource !== undefined && { resource }),
    ...(views !== undefined && { views }),
  });
  // Of the SDK's provider and the one that does nothing, only the first can be flushed.
  const isGlobal =
    !("forceFlush" in metrics.getMeterProvider()) && metrics.setGlobalMeterProvider(meterProvider);

  let shutdown: Promise<void> | undefined;
  return {
    meterProvider,
    forceFlush: () => settled(shutdown ?? meterProvider.forceFlush()),
    shutdown() {
      if (shutdown === undefined) {
        shutdown = settled(meterProvider.shutdown());
        if (isGlobal) metrics.disable();
      }
      return shutdown;
    },
    stats: () => exporter.stats(),
  };
}

/** Plain attributes are the likeliest slip; the SDK would take them for a resource without any. */
function checkResource(value: unknown): void {
  if (value === undefined) return;
  if (typeof value === "object" && value !== null && "attributes" in value && "merge" in value) return;
  throw wrongOption(
    value,
    "resource",
    owner,
    'a Resource of @opentelemetry/resources, such as resourceFromAttributes({ "service.name": "shop" })',
  );
}

function checkViews(value: unknown): void {
  if (value === undefined || Array.isArray(value)) return;
  throw wrongOption(value, "views", owner, "an array of the SDK's view options");
}

/** An observable's callback that throws must not reach the application through a flush. */
async function settled(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    diag.error("otel-remote-write: the SDK failed to flush", error);
  }
}
