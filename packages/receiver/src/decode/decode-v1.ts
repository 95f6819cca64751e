import type { WriteRequest } from "@otel-remote-write/prompb/v1";
import { decodeFamily, decodeHistogram, decodeSample } from "./decode-points.js";
import type { DecodedMessage } from "./decoded-message.js";
import type { NanBits } from "./nan-bits.js";

export function decodeV1(message: WriteRequest, nans: NanBits): DecodedMessage {
  return {
    type: "prometheus.WriteRequest",
    families: message.metadata.map(decodeFamily),
    series: message.timeseries.map((series, at) => ({
      labels: series.labels.map(({ name, value }) => ({ name, value })),
      samples: series.samples.map((sample, i) => decodeSample(sample, nans.bitsOf(at, "sample", i))),
      histograms: series.histograms.map((histogram, i) =>
        decodeHistogram(histogram, nans.bitsOf(at, "histogram", i)),
      ),
      exemplars: series.exemplars.map((exemplar) => ({
        labels: exemplar.labels.map(({ name, value }) => ({ name, value })),
        value: exemplar.value,
        timestamp: Number(exemplar.timestamp),
      })),
    })),
  };
}
