import type { Label } from "@otel-remote-write/prompb";
import type { Request, TimeSeries } from "@otel-remote-write/prompb/v2";
import { decodeHistogram, decodeSample, metricType } from "./decode-points.js";
import type { DecodedMessage, SeriesMetadata } from "./decoded-message.js";
import type { NanBits } from "./nan-bits.js";

/** Decodes a message whose references are in range; one that is not becomes an empty string. */
export function decodeV2(message: Request, nans: NanBits): DecodedMessage {
  const { symbols } = message;
  return {
    type: "io.prometheus.write.v2.Request",
    families: [],
    series: message.timeseries.map((series, at) => ({
      labels: resolveLabels(series.labelsRefs, symbols),
      samples: series.samples.map((sample, i) => decodeSample(sample, nans.bitsOf(at, "sample", i))),
      histograms: series.histograms.map((histogram, i) =>
        decodeHistogram(histogram, nans.bitsOf(at, "histogram", i)),
      ),
      exemplars: series.exemplars.map((exemplar) => ({
        labels: resolveLabels(exemplar.labelsRefs, symbols),
        value: exemplar.value,
        timestamp: Number(exemplar.timestamp),
      })),
      ...decodeMetadata(series, symbols),
    })),
  };
}

/** Pairs of references: name, value. */
function resolveLabels(refs: readonly number[], symbols: readonly string[]): Label[] {
  const labels: Label[] = [];
  for (let i = 0; i + 1 < refs.length; i += 2) {
    labels.push({ name: symbols[refs[i] ?? 0] ?? "", value: symbols[refs[i + 1] ?? 0] ?? "" });
  }
  return labels;
}

function decodeMetadata(series: TimeSeries, symbols: readonly string[]): { metadata?: SeriesMetadata } {
  const { metadata } = series;
  if (metadata === undefined) return {};
  return {
    metadata: {
      type: metricType(metadata.type),
      help: symbols[metadata.helpRef] ?? "",
      unit: symbols[metadata.unitRef] ?? "",
    },
  };
}
