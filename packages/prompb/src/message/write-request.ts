import { create } from "@bufbuild/protobuf";
import {
  HistogramSchema,
  type Label as LabelMessage,
  LabelSchema,
  SampleSchema,
  ExemplarSchema,
  type TimeSeries as TimeSeriesMessage,
  TimeSeriesSchema,
  type WriteRequest,
  WriteRequestSchema,
} from "../gen/prometheus/write_request_pb.js";
import { customBucketsSchema, type Label, type TimeSeries } from "../model/index.js";
import { histogramFields } from "./histogram-fields.js";
import { staleMarker } from "./stale-marker.js";

/**
 * Time series as a `prometheus.WriteRequest` message (remote write 1.0). Start timestamps are left out, as 1.0 has none,
 * and so are histograms with custom buckets, which 1.0 senders must not write, with the series that have nothing else.
 */
export function toWriteRequest(timeSeries: readonly TimeSeries[]): WriteRequest {
  return create(WriteRequestSchema, {
    timeseries: timeSeries
      .map(toTimeSeries)
      .filter(({ samples, histograms }) => samples.length > 0 || histograms.length > 0),
  });
}

function toTimeSeries({ labels, samples, histograms, exemplars }: TimeSeries): TimeSeriesMessage {
  return create(TimeSeriesSchema, {
    labels: labels.map(toLabel),
    samples: samples.map(({ value, timestamp, stale }) =>
      create(SampleSchema, { value: stale === true ? staleMarker : value, timestamp: BigInt(timestamp) }),
    ),
    exemplars: exemplars.map((exemplar) =>
      create(ExemplarSchema, {
        labels: exemplar.labels.map(toLabel),
        value: exemplar.value,
        timestamp: BigInt(exemplar.timestamp),
      }),
    ),
    histograms: histograms
      .filter(({ schema }) => schema !== customBucketsSchema)
      .map((histogram) => create(HistogramSchema, histogramFields(histogram))),
  });
}

function toLabel({ name, value }: Label): LabelMessage {
  return create(LabelSchema, { name, value });
}
