import { expect, test } from "vitest";
import type { SeriesV2 } from "../testing/messages.js";
import { postV1, postV2, upV2 } from "../testing/messages.js";
import { brokenRules, useReceiver } from "../testing/use-receiver.js";

const receiver = useReceiver();

type Histogram = NonNullable<SeriesV2["histograms"]>[number];

/** 2 at zero, buckets of 1, 3 and 2, a negative bucket of 4. */
const good: Histogram = {
  count: { case: "countInt", value: 12n },
  zeroCount: { case: "zeroCountInt", value: 2n },
  zeroThreshold: 1e-128,
  sum: 3.5,
  schema: 3,
  positiveSpans: [
    { offset: -2, length: 2 },
    { offset: 1, length: 1 },
  ],
  positiveDeltas: [1n, 2n, -1n],
  negativeSpans: [{ offset: 0, length: 1 }],
  negativeDeltas: [4n],
  timestamp: 1_000n,
};

const goodCustom: Histogram = {
  count: { case: "countInt", value: 3n },
  schema: -53,
  customValues: [0.5, 1],
  positiveSpans: [{ offset: 0, length: 3 }],
  positiveDeltas: [1n, 0n, 0n],
  timestamp: 1_000n,
};

const goodFloat: Histogram = {
  count: { case: "countFloat", value: 1.5 },
  zeroCount: { case: "zeroCountFloat", value: 0 },
  positiveSpans: [{ offset: 0, length: 1 }],
  positiveCounts: [1.5],
  timestamp: 1_000n,
};

function sendV2(histogram: Histogram): Promise<Response> {
  return postV2(receiver().url, upV2({ samples: [], histograms: [histogram], metadata: { type: 4 } }));
}

test.each([
  ["exponential", good],
  ["with custom buckets", goodCustom],
  ["of floats", goodFloat],
  ["that has seen a NaN", { ...good, sum: Number.NaN, count: { case: "countInt", value: 13n } }],
  [
    "beyond 2^53",
    { ...good, positiveDeltas: [2n ** 60n, 0n, 0n], count: { case: "countInt", value: 3n * 2n ** 60n + 6n } },
  ],
] satisfies [string, Histogram][])("a good histogram %s breaks no rule", async (_what, histogram) => {
  expect((await sendV2(histogram)).headers.get("x-prometheus-remote-write-histograms-written")).toBe("1");
  expect(brokenRules(receiver())).toEqual([]);
});

test("a histogram is stored as sent", async () => {
  await sendV2(good);
  expect(receiver().series()[0]?.histograms).toEqual([
    {
      count: 12,
      zeroCount: 2,
      zeroThreshold: 1e-128,
      sum: 3.5,
      schema: 3,
      resetHint: "unknown",
      positiveSpans: [
        { offset: -2, length: 2 },
        { offset: 1, length: 1 },
      ],
      positiveDeltas: [1, 2, -1],
      negativeSpans: [{ offset: 0, length: 1 }],
      negativeDeltas: [4],
      timestamp: 1_000,
    },
  ]);
  expect(receiver().latest()[0]?.histogram?.count).toBe(12);
});

const span = (offset: number, length: number): { offset: number; length: number } => ({ offset, length });

test.each([
  ["its count is 11, its buckets hold 12", { ...good, count: { case: "countInt", value: 11n } }],
  ["its count 11 is less than the 12", { ...good, sum: Number.NaN, count: { case: "countInt", value: 11n } }],
  ["its positive spans are of 2 buckets", { ...good, positiveSpans: [span(0, 2)] }],
  ["its negative spans are of 2 buckets", { ...good, negativeSpans: [span(0, 2)] }],
  ["positive span 1 has a negative offset", { ...good, positiveSpans: [span(0, 2), span(-1, 1)] }],
  ["a positive bucket is negative", { ...good, positiveDeltas: [1n, -2n, 1n] }],
  ["a negative bucket is negative", { ...good, negativeDeltas: [-4n] }],
  ["schema 9 is not one of", { ...good, schema: 9 }],
  ["schema -5 is not one of", { ...good, schema: -5 }],
  ["schema 3 has no custom values", { ...good, customValues: [1] }],
  ["custom buckets have no zero bucket", { ...goodCustom, zeroThreshold: 1 }],
  ["custom buckets have no zero bucket", { ...goodCustom, zeroCount: { case: "zeroCountInt", value: 1n } }],
  ["no negative buckets", { ...goodCustom, negativeSpans: [span(0, 1)], negativeDeltas: [0n] }],
  ["custom value Infinity is not finite", { ...goodCustom, customValues: [1, Infinity] }],
  ["custom value 1 is not greater", { ...goodCustom, customValues: [1, 1] }],
  ["the custom values make 2", { ...goodCustom, customValues: [1] }],
  ["of different flavours", { ...goodFloat, zeroCount: { case: "zeroCountInt", value: 0n } }],
  ["positive counts in an integer histogram", { ...good, positiveCounts: [1] }],
  ["positive deltas in a float histogram", { ...goodFloat, positiveDeltas: [1n] }],
  ["a positive bucket is negative", { ...goodFloat, positiveCounts: [-1] }],
  ["its count is negative", { ...goodFloat, count: { case: "countFloat", value: -1 } }],
] satisfies [string, Histogram][])("TR17: %s", async (problem, histogram) => {
  expect((await sendV2(histogram)).status).toBe(400);
  expect(brokenRules(receiver())).toEqual(["TR17"]);
  expect(receiver().violations[0]?.detail).toContain("series up: histogram at 1000: ");
  expect(receiver().violations[0]?.detail).toContain(problem);
});

test("TR17 and T17: 1.0 takes histograms, but no custom buckets", async () => {
  const labels = [{ name: "__name__", value: "up" }];
  const exponential = { count: { case: "countInt", value: 1n } as const, timestamp: 1_000n };
  await postV1(receiver().url, { timeseries: [{ labels, histograms: [exponential] }] });
  expect(brokenRules(receiver())).toEqual(["TR17"]);
  receiver().reset();
  await postV1(receiver().url, {
    timeseries: [{ labels, histograms: [{ ...exponential, schema: -53, customValues: [1] }] }],
  });
  expect(brokenRules(receiver())).toEqual(["T17"]);
});
