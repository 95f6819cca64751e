import { type MetricReader, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { ConfiguredExporter } from "./configured-exporter.js";
import { loadConfig, type LoadedConfig, type PipelineConfig } from "./load-config.js";

/**
 * Makes the readers of a configuration, each with its exporter: for `metricReaders` of `@opentelemetry/sdk-node`, or
 * `readers` of a `MeterProvider`.
 *
 * @param config Default: that of the environment, `loadConfig()`.
 * @throws {ConfigError} where the configuration is read here and is no good
 * @throws {TypeError} for an option of code that is wrong: it names the option and the fix
 */
export function createMetricReaders(config: LoadedConfig = loadConfig()): MetricReader[] {
  return config.pipelines.map((pipeline) => createPipeline(pipeline).reader);
}

/** A reader, and the exporter in it. */
export interface Pipeline {
  readonly exporter: ConfiguredExporter;
  readonly reader: MetricReader;
}

export function createPipeline(config: PipelineConfig): Pipeline {
  const { exportIntervalMillis, exportTimeoutMillis } = config;
  const exporter = new ConfiguredExporter(config);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis, exportTimeoutMillis });
  return { exporter, reader };
}
