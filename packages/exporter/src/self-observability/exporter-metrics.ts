import { type Attributes, type Meter, ROOT_CONTEXT } from "@opentelemetry/api";

/** What the semantic conventions want to know of every exporter of metrics. */
export interface ExporterMetrics {
  started(dataPoints: number): void;
  finished(dataPoints: number, errorType: string | undefined): void;
  /** An export is over, with all its retries. */
  ended(seconds: number, errorType: string | undefined, status: number | undefined): void;
}

/** Names, kinds and units are those of the conventions, texts and boundaries as the SDK's own exporters have them. */
export function createExporterMetrics(meter: Meter, attributes: Attributes): ExporterMetrics {
  const dataPoint = { unit: "{data_point}" };
  const inflight = meter.createUpDownCounter("otel.sdk.exporter.metric_data_point.inflight", {
    ...dataPoint,
    description: "Metric data points that were passed to the exporter and are neither exported nor given up.",
  });
  const exported = meter.createCounter("otel.sdk.exporter.metric_data_point.exported", {
    ...dataPoint,
    description: "Metric data points whose export is over, with success or with an error.",
  });
  const duration = meter.createHistogram("otel.sdk.exporter.operation.duration", {
    unit: "s",
    description: "How long it takes to export a collection, with all retries.",
    advice: { explicitBucketBoundaries: [] },
  });
  return {
    started: (dataPoints) => inflight.add(dataPoints, attributes, ROOT_CONTEXT),
    finished(dataPoints, errorType) {
      inflight.add(-dataPoints, attributes, ROOT_CONTEXT);
      exported.add(dataPoints, { ...attributes, ...withError(errorType) }, ROOT_CONTEXT);
    },
    ended(seconds, errorType, status) {
      duration.record(
        seconds,
        {
          ...attributes,
          ...withError(errorType),
          ...(status !== undefined && { "http.response.status_code": status }),
        },
        ROOT_CONTEXT,
      );
    },
  };
}

function withError(errorType: string | undefined): Attributes {
  return errorType === undefined ? {} : { "error.type": errorType };
}
