import {
  AggregationType,
  InstrumentType,
  type AggregationOption,
  type MetricReader,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
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
  readonly exporter: RemoteWriteMetricExporter;
  readonly reader: MetricReader;
}

export function createPipeline(config: PipelineConfig): Pipeline {
  const { exporter: options, exportIntervalMillis, exportTimeoutMillis, histogramBoundaries } = config;
  const exporter =
    histogramBoundaries === undefined
      ? new RemoteWriteMetricExporter(options)
      : new ExporterWithBoundaries(options, histogramBoundaries);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis, exportTimeoutMillis });
  return { exporter, reader };
}

/** Has histograms other boundaries by default than the SDK gives them. */
class ExporterWithBoundaries extends RemoteWriteMetricExporter {
  readonly #aggregation: AggregationOption;

  constructor(options: PipelineConfig["exporter"], boundaries: readonly number[]) {
    super(options);
    this.#aggregation = {
      type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
      options: { boundaries: [...boundaries] },
    };
  }

  override selectAggregation(instrumentType: InstrumentType): AggregationOption {
    return instrumentType === InstrumentType.HISTOGRAM
      ? this.#aggregation
      : super.selectAggregation(instrumentType);
  }
}
