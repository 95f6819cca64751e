import type * as v1 from "@otel-remote-write/prompb/v1";
import type * as v2 from "@otel-remote-write/prompb/v2";
import { customBucketsSchema } from "@otel-remote-write/prompb";
import { countBuckets } from "./histogram-buckets.js";

type WireHistogram = v1.Histogram | v2.Histogram;

/**
 * What Prometheus would refuse a native histogram for (TR17), or undefined. Counts are compared as the 64-bit
 * integers they are on the wire.
 */
export function validateHistogram(histogram: WireHistogram): string | undefined {
  return validateSchema(histogram) ?? validateCounts(histogram);
}

function validateSchema(histogram: WireHistogram): string | undefined {
  const { schema, customValues } = histogram;
  if (schema === customBucketsSchema) return validateCustomBuckets(histogram);
  if (schema < -4 || schema > 8) return `schema ${schema} is not one of -4 to 8 and ${customBucketsSchema}`;
  return customValues.length > 0 ? `schema ${schema} has no custom values` : undefined;
}

function validateCustomBuckets(histogram: WireHistogram): string | undefined {
  const { customValues, positiveSpans, negativeSpans, zeroThreshold, zeroCount } = histogram;
  if (Number(zeroCount.value ?? 0) !== 0 || zeroThreshold !== 0) return "custom buckets have no zero bucket";
  if (negativeSpans.length > 0) return "custom buckets have no negative buckets";
  for (const [i, value] of customValues.entries()) {
    if (!Number.isFinite(value)) return `custom value ${value} is not finite`;
    if (i > 0 && value <= (customValues[i - 1] ?? 0)) {
      return `custom value ${value} is not greater than the one before it`;
    }
  }
  const reach = positiveSpans.reduce((sum, span) => sum + span.offset + span.length, 0);
  const buckets = customValues.length + 1;
  return reach > buckets
    ? `the spans reach to bucket ${reach}, the custom values make ${buckets}`
    : undefined;
}

function validateCounts(histogram: WireHistogram): string | undefined {
  const isFloat = histogram.count.case === "countFloat";
  if (isFloat !== (histogram.zeroCount.case === "zeroCountFloat")) {
    return "its count and its zero count are of different flavours";
  }
  const positive = countBuckets("positive", histogram, isFloat);
  if (typeof positive === "string") return positive;
  const negative = countBuckets("negative", histogram, isFloat);
  if (typeof negative === "string") return negative;
  // Sums of floats differ in their last bits, so that Prometheus does not compare them either.
  if (isFloat) return Number(histogram.count.value) < 0 ? "its count is negative" : undefined;

  const count = BigInt(histogram.count.value ?? 0);
  const sum = BigInt(histogram.zeroCount.value ?? 0) + positive + negative;
  // Observations of NaN are in the count and in no bucket.
  if (Number.isNaN(histogram.sum)) {
    return sum > count ? `its count ${count} is less than the ${sum} in its buckets` : undefined;
  }
  return sum === count ? undefined : `its count is ${count}, its buckets hold ${sum}`;
}
