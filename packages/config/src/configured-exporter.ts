import {
  type AggregationOption,
  AggregationType,
  DataPointType,
  InstrumentType,
  type MetricData,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import type { PipelineConfig } from "./load-config.js";

type ResultCallback = Parameters<RemoteWriteMetricExporter["export"]>[1];

/** The exporter with what a file can say and no option of it does: what is left out, and the boundaries of histograms. */
export class ConfiguredExporter extends RemoteWriteMetricExporter {
  readonly #config: PipelineConfig;
  #endMillis = Infinity;

  constructor(config: PipelineConfig) {
    super(config.exporter);
    this.#config = config;
  }

  override export(metrics: ResourceMetrics, resultCallback: ResultCallback): void {
    const { sendNativeHistograms, sendExemplars } = this.#config;
    const chosen = sendNativeHistograms ? metrics : mapMetrics(metrics, withoutNative);
    super.export(sendExemplars ? chosen : mapMetrics(chosen, withoutExemplars), resultCallback);
  }

  /** Lets a shutdown that comes, by way of the SDK's reader for example, end within that time from now on. */
  endWithin(limitMillis: number): void {
    this.#endMillis = performance.now() + limitMillis;
  }

  override async shutdown(limitMillis?: number): Promise<void> {
    const left = Math.max(0, this.#endMillis - performance.now());
    await super.shutdown(left === Infinity ? limitMillis : left);
  }

  override selectAggregation(instrumentType: InstrumentType): AggregationOption {
    const boundaries = this.#config.histogramBoundaries;
    if (boundaries === undefined || instrumentType !== InstrumentType.HISTOGRAM) {
      return super.selectAggregation(instrumentType);
    }
    return { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [...boundaries] } };
  }
}

/** The same where nothing is to be done: the exporter knows metrics by their objects. */
function mapMetrics(
  metrics: ResourceMetrics,
  map: (metric: MetricData) => MetricData | undefined,
): ResourceMetrics {
  const scopeMetrics = metrics.scopeMetrics.map((scope) => {
    const mapped = scope.metrics.map(map);
    const isSame = mapped.every((metric, i) => metric === scope.metrics[i]);
    return isSame ? scope : { ...scope, metrics: mapped.filter((metric) => metric !== undefined) };
  });
  return { ...metrics, scopeMetrics };
}

function withoutNative(metric: MetricData): MetricData | undefined {
  return metric.dataPointType === DataPointType.EXPONENTIAL_HISTOGRAM ? undefined : metric;
}

/** Today's SDK has none; a later one, or a producer, may. */
function withoutExemplars(metric: MetricData): MetricData {
  const dataPoints: readonly object[] = metric.dataPoints;
  if (!dataPoints.some((point) => "exemplars" in point)) return metric;
  const without = dataPoints.map((point) => Object.assign({}, point, { exemplars: undefined }));
  return { ...metric, dataPoints: without } as unknown as MetricData;
}
