import { create } from "@bufbuild/protobuf";
import {
  ExemplarSchema,
  type Histogram,
  HistogramSchema,
  MetadataSchema,
  Metadata_MetricType,
  type Request,
  RequestSchema,
  SampleSchema,
  TimeSeriesSchema,
} from "../gen/io/prometheus/write/v2/request_pb.js";
import { createSymbolTable } from "../encode/symbol-table.js";
import type { MetricType, NativeHistogram, TimeSeries } from "../model/index.js";
import { histogramFields } from "./histogram-fields.js";
import { staleMarker } from "./stale-marker.js";

const metricTypes: Record<MetricType, Metadata_MetricType> = {
  unknown: Metadata_MetricType.UNSPECIFIED,
  counter: Metadata_MetricType.COUNTER,
  gauge: Metadata_MetricType.GAUGE,
  histogram: Metadata_MetricType.HISTOGRAM,
  gaugehistogram: Metadata_MetricType.GAUGEHISTOGRAM,
  summary: Metadata_MetricType.SUMMARY,
  info: Metadata_MetricType.INFO,
  stateset: Metadata_MetricType.STATESET,
};

/** Time series as an `io.prometheus.write.v2.Request` message (remote write 2.0), with its own table of symbols. */
export function toRequest(timeSeries: readonly TimeSeries[]): Request {
  const table = createSymbolTable();
  return create(RequestSchema, {
    timeseries: timeSeries.map(({ labels, metadata, samples, histograms, exemplars }) =>
      create(TimeSeriesSchema, {
        labelsRefs: [...table.references(labels)],
        samples: samples.map(({ value, timestamp, startTimestamp, stale }) =>
          create(SampleSchema, {
            value: stale === true ? staleMarker : value,
            timestamp: BigInt(timestamp),
            startTimestamp: BigInt(startTimestamp ?? 0),
          }),
        ),
        histograms: histograms.map(toHistogram),
        exemplars: exemplars.map((exemplar) =>
          create(ExemplarSchema, {
            labelsRefs: [...table.references(exemplar.labels)],
            value: exemplar.value,
            timestamp: BigInt(exemplar.timestamp),
          }),
        ),
        metadata: create(MetadataSchema, {
          type: metricTypes[metadata.type],
          helpRef: table.reference(metadata.help),
          unitRef: table.reference(metadata.unit),
        }),
      }),
    ),
    symbols: [...table.symbols],
  });
}

function toHistogram(histogram: NativeHistogram): Histogram {
  return create(HistogramSchema, {
    ...histogramFields(histogram),
    customValues: [...(histogram.customValues ?? [])],
    startTimestamp: BigInt(histogram.startTimestamp ?? 0),
  });
}
