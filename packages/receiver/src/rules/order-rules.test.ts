import { expect, test } from "vitest";
import { headersV1, postV1, postV2, upV1, upV2, type SeriesV2 } from "../testing/messages.js";
import { brokenRules, useReceiver } from "../testing/use-receiver.js";

const receiver = useReceiver({ limits: { pointsPerSeries: 3 } });

test("W1.18: a later sample before an earlier one", async () => {
  await postV1(receiver().url, upV1([2_000, 1], [1_000, 1]));
  expect(brokenRules(receiver())).toEqual(["W1.18"]);
  expect(receiver().violations[0]?.detail).toBe("series up: timestamp 1000 stands after 2000");
});

test("W1.18: one timestamp with two values", async () => {
  await postV1(receiver().url, upV1([1_000, 1], [1_000, 2]));
  expect(brokenRules(receiver())).toEqual(["W1.18"]);
  expect(receiver().violations[0]?.detail).toContain("has two values");
});

test("W1.18: order holds over several entries of one series", async () => {
  const { timeseries = [] } = upV1([2_000, 1]);
  const { timeseries: earlier = [] } = upV1([1_000, 1]);
  await postV1(receiver().url, { timeseries: [...timeseries, ...earlier] });
  expect(brokenRules(receiver())).toEqual(["W1.18"]);
});

test("W1.18: a request with samples from before those of an earlier request", async () => {
  await postV1(receiver().url, upV1([2_000, 1]));
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(400);
  expect(brokenRules(receiver())).toEqual(["W1.18"]);
  expect(receiver().violations[0]?.requestId).toBe(2);
  expect(receiver().find({ __name__: "up" })[0]?.samples).toEqual([{ value: 1, timestamp: 2_000 }]);
});

test("W1.18: a request with another value for a timestamp of an earlier request", async () => {
  await postV1(receiver().url, upV1([1_000, 1]));
  await postV1(receiver().url, upV1([1_000, 2]));
  expect(brokenRules(receiver())).toEqual(["W1.18"]);
  expect(receiver().value({ __name__: "up" })).toBe(1);
});

test("W2.24: a retry that brings stored samples again, and new ones, is in order", async () => {
  receiver().answer({ status: 503, store: true });
  await postV1(receiver().url, upV1([1_000, 1], [2_000, Number.NaN]));
  await postV1(receiver().url, upV1([1_000, 1], [2_000, Number.NaN], [3_000, 3]));
  expect(brokenRules(receiver())).toEqual([]);
  expect(
    receiver()
      .find({ __name__: "up" })[0]
      ?.samples.map(({ timestamp }) => timestamp),
  ).toEqual([1_000, 2_000, 3_000]);
});

test("W1.18: what the limits have pushed out is not held against a sender", async () => {
  receiver().answer({ status: 503, store: true });
  await postV1(receiver().url, upV1([1_000, 1], [2_000, 1], [3_000, 1], [4_000, 1]));
  await postV1(receiver().url, upV1([1_000, 1], [2_000, 1], [3_000, 1], [4_000, 1]), headersV1);
  expect(brokenRules(receiver())).toEqual([]);
});

test("W2.32: the same for samples of 2.0", async () => {
  const samples = [
    { value: 1, timestamp: 2_000n },
    { value: 1, timestamp: 1_000n },
  ];
  await postV2(receiver().url, upV2({ samples }));
  expect(brokenRules(receiver())).toEqual(["W2.32"]);
});

/** A series of one histogram with all observations at zero. */
function histogram(timestamp: bigint, zeroCount: bigint): SeriesV2 {
  return {
    samples: [],
    histograms: [
      {
        count: { case: "countInt", value: zeroCount },
        zeroCount: { case: "zeroCountInt", value: zeroCount },
        timestamp,
      },
    ],
  };
}

test("W2.32: the same for histograms, within a request and across requests", async () => {
  await postV2(receiver().url, upV2(histogram(2_000n, 1n)));
  expect(brokenRules(receiver())).toEqual([]);
  await postV2(receiver().url, upV2(histogram(1_000n, 1n)));
  await postV2(receiver().url, upV2(histogram(2_000n, 2n)));
  expect(brokenRules(receiver())).toEqual(["W2.32", "W2.32"]);
});
