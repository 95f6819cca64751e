import { expect, test } from "vitest";
import { postV1, postV2, upV1, upV2, type SeriesV2 } from "../testing/messages.js";
import { brokenRules, useReceiver, warnedRules } from "../testing/use-receiver.js";

const receiver = useReceiver();
const empty = { count: { case: "countInt", value: 0n } as const, schema: 0, timestamp: 1_000n };

test.each<[rule: string, what: string, series: SeriesV2]>([
  ["W2.26", "both samples and histograms", { histograms: [empty] }],
  ["W2.26", "neither samples nor histograms", { samples: [] }],
  ["W2.33", "start_timestamp 2", { samples: [{ value: 1, timestamp: 1n, startTimestamp: 2n }] }],
  ["W2.33", "start_timestamp 1001", { samples: [], histograms: [{ ...empty, startTimestamp: 1_001n }] }],
  ["W2.36", "no timestamp", { exemplars: [{ value: 1 }] }],
  ["W2.37", "cannot be milliseconds", { samples: [{ value: 1, timestamp: 1_700_000_000_000_000_000n }] }],
  ["W2.37", "cannot be milliseconds", { exemplars: [{ value: 1, timestamp: -1_700_000_000_000_000_000n }] }],
])("%s: %s", async (rule, what, series) => {
  const response = await postV2(receiver().url, upV2(series));
  expect(response.status).toBe(400);
  expect(brokenRules(receiver())).toEqual([rule]);
  expect(receiver().violations[0]?.detail).toContain(what);
  expect(receiver().series()).toEqual([]);
});

test("W1.3: a time in nanoseconds", async () => {
  await postV1(receiver().url, upV1([1_700_000_000_000_000_000, 1]));
  expect(brokenRules(receiver())).toEqual(["W1.3"]);
});

test.each<[rule: string, series: SeriesV2]>([
  ["W2.27", { metadata: { type: 0 } }],
  ["W2.33", { metadata: { type: 1 } }],
  ["W2.33", { samples: [], histograms: [empty], metadata: { type: 3 } }],
])("%s: what 2.0 recommends is a warning", async (rule, series) => {
  expect((await postV2(receiver().url, upV2(series))).status).toBe(204);
  expect(brokenRules(receiver())).toEqual([]);
  expect(warnedRules(receiver())).toEqual([rule]);
});

test("W2.33: a start at the time of the point itself is in order", async () => {
  const samples = [{ value: 1, timestamp: 1_000n, startTimestamp: 1_000n }];
  await postV2(receiver().url, upV2({ samples, metadata: { type: 1 } }));
  expect([brokenRules(receiver()), warnedRules(receiver())]).toEqual([[], []]);
});
