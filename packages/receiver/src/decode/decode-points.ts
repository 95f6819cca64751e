import type { Metadata, MetricType, Sample } from "@otel-remote-write/prompb";
import type * as v1 from "@otel-remote-write/prompb/v1";
import type * as v2 from "@otel-remote-write/prompb/v2";
import type { ReceivedHistogram } from "./decoded-message.js";
import { staleMarkerBits } from "./nan-bits.js";

/** By the numbers of both messages' MetricType. */
const metricTypes: readonly MetricType[] = [
  "unknown",
  "counter",
  "gauge",
  "histogram",
  "gaugehistogram",
  "summary",
  "info",
  "stateset",
];

const resetHints: readonly ReceivedHistogram["resetHint"][] = ["unknown", "yes", "no", "gauge"];

export function metricType(value: number): MetricType {
  return metricTypes[value] ?? "unknown";
}

export function decodeSample(sample: v1.Sample | v2.Sample, bits: bigint | undefined): Sample {
  return {
    value: sample.value,
    timestamp: Number(sample.timestamp),
    ...startTimestamp(sample),
    ...stale(bits),
  };
}

export function decodeHistogram(
  histogram: v1.Histogram | v2.Histogram,
  bits: bigint | undefined,
): ReceivedHistogram {
  const { positiveCounts, negativeCounts, customValues } = histogram;
  return {
    count: Number(histogram.count.value ?? 0),
    sum: histogram.sum,
    schema: histogram.schema,
    zeroThreshold: histogram.zeroThreshold,
    zeroCount: Number(histogram.zeroCount.value ?? 0),
    positiveSpans: histogram.positiveSpans.map(decodeSpan),
    positiveDeltas: histogram.positiveDeltas.map(Number),
    negativeSpans: histogram.negativeSpans.map(decodeSpan),
    negativeDeltas: histogram.negativeDeltas.map(Number),
    ...(positiveCounts.length > 0 ? { positiveCounts } : {}),
    ...(negativeCounts.length > 0 ? { negativeCounts } : {}),
    ...(customValues.length > 0 ? { customValues } : {}),
    resetHint: resetHints[histogram.resetHint] ?? "unknown",
    timestamp: Number(histogram.timestamp),
    ...startTimestamp(histogram),
    ...stale(bits),
  };
}

export function decodeFamily(metadata: v1.MetricMetadata): Metadata {
  return {
    type: metricType(metadata.type),
    help: metadata.help,
    unit: metadata.unit,
    familyName: metadata.metricFamilyName,
  };
}

function decodeSpan(span: v1.BucketSpan | v2.BucketSpan): { offset: number; length: number } {
  return { offset: span.offset, length: span.length };
}

/** 0 is "not set" (W2.33), and 1.0 has no such field. */
function startTimestamp(point: { timestamp: bigint; startTimestamp?: bigint }): { startTimestamp?: number } {
  return point.startTimestamp === undefined || point.startTimestamp === 0n
    ? {}
    : { startTimestamp: Number(point.startTimestamp) };
}

function stale(bits: bigint | undefined): { stale?: true } {
  return bits === staleMarkerBits ? { stale: true } : {};
}
