import fc from "fast-check";
import { expect, test } from "vitest";
import type { StoredSeries } from "./store/stored-series.js";
import {
  arbitrarySeries,
  type ArbitraryHistogram,
  type ArbitrarySample,
  type ArbitrarySeries,
} from "./testing/arbitrary-series.js";
import { postV1, postV2, type MessageV1, type MessageV2 } from "./testing/messages.js";
import { useReceiver } from "./testing/use-receiver.js";

const receiver = useReceiver();

const deltas = (buckets: readonly number[]): number[] =>
  buckets.map((count, i) => count - (buckets[i - 1] ?? 0));
const total = ({ zeroCount, buckets }: ArbitraryHistogram): number =>
  buckets.reduce((sum, count) => sum + count, zeroCount);
const spans = ({ offset, buckets }: ArbitraryHistogram): { offset: number; length: number }[] =>
  buckets.length === 0 ? [] : [{ offset, length: buckets.length }];

/** The same for both messages; the type is inferred, since theirs differ by name. */
function wireHistogram(histogram: ArbitraryHistogram) {
  return {
    timestamp: BigInt(histogram.timestamp),
    sum: histogram.sum,
    schema: histogram.schema,
    count: { case: "countInt" as const, value: BigInt(total(histogram)) },
    zeroCount: { case: "zeroCountInt" as const, value: BigInt(histogram.zeroCount) },
    positiveSpans: spans(histogram),
    positiveDeltas: deltas(histogram.buckets).map(BigInt),
  };
}

/** Samples and exemplars are alike on the wire. */
const wirePoints = (points: readonly ArbitrarySample[]): { value: number; timestamp: bigint }[] =>
  points.map(({ value, timestamp }) => ({ value, timestamp: BigInt(timestamp) }));

function messageV1(series: readonly ArbitrarySeries[]): MessageV1 {
  return {
    timeseries: series.map(({ labels, samples, histograms, exemplars }) => ({
      labels: labels.map(([name, value]) => ({ name, value })),
      samples: wirePoints(samples),
      histograms: histograms.map(wireHistogram),
      exemplars: wirePoints(exemplars),
    })),
  };
}

function messageV2(series: readonly ArbitrarySeries[]): MessageV2 {
  const symbols = [...new Set(["", ...series.flatMap(({ labels }) => labels.flat())])];
  return {
    symbols,
    timeseries: series.map(({ labels, samples, histograms, exemplars }) => ({
      labelsRefs: labels.flat().map((text) => symbols.indexOf(text)),
      samples: wirePoints(samples),
      histograms: histograms.map(wireHistogram),
      exemplars: wirePoints(exemplars),
      metadata: { type: 2 },
    })),
  };
}

function stored(
  series: readonly ArbitrarySeries[],
  metadata: Pick<StoredSeries, "metadata"> = {},
): StoredSeries[] {
  return series.map(({ labels, samples, histograms, exemplars }) => ({
    labels: Object.fromEntries(labels),
    samples,
    histograms: histograms.map((histogram) => ({
      timestamp: histogram.timestamp,
      sum: histogram.sum,
      schema: histogram.schema,
      count: total(histogram),
      zeroCount: histogram.zeroCount,
      zeroThreshold: 0,
      resetHint: "unknown",
      positiveSpans: spans(histogram),
      positiveDeltas: deltas(histogram.buckets),
      negativeSpans: [],
      negativeDeltas: [],
    })),
    exemplars: exemplars.map(({ value, timestamp }) => ({ labels: [], value, timestamp })),
    ...metadata,
  }));
}

test("any valid request of 1.0 breaks no rule and is stored as sent", async () => {
  const labelName = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,6}$/);
  await fc.assert(
    fc.asyncProperty(arbitrarySeries(labelName), async (series) => {
      receiver().reset();
      const response = await postV1(receiver().url, messageV1(series));
      expect(receiver().violations).toEqual([]);
      expect(response.status).toBe(204);
      expect(receiver().series()).toEqual(stored(series));
    }),
  );
});

test("any valid request of 2.0 breaks no rule and is stored as sent", async () => {
  const labelName = fc.string({ unit: "binary", minLength: 1, maxLength: 5 });
  const metadata = { type: "gauge", help: "", unit: "" } as const;
  await fc.assert(
    fc.asyncProperty(arbitrarySeries(labelName), async (series) => {
      receiver().reset();
      const response = await postV2(receiver().url, messageV2(series));
      expect(receiver().violations).toEqual([]);
      expect(response.status).toBe(204);
      expect(receiver().series()).toEqual(stored(series, { metadata }));
    }),
  );
});
