import { expect, test } from "vitest";
import { postV2, upV2, type MessageV2 } from "../testing/messages.js";
import { brokenRules, useReceiver } from "../testing/use-receiver.js";

const receiver = useReceiver();
const samples = [{ value: 1, timestamp: 1_000n }];
const metadata = { type: 2 } as const;
const symbols = ["", "__name__", "up"];
const labelsRefs = [1, 2];

test.each<[rule: string, what: string, message: MessageV2]>([
  ["W2.29", "no symbols", { symbols: [], timeseries: [{ labelsRefs, samples, metadata }] }],
  [
    "W2.29",
    'symbols[0] is "__name__"',
    { symbols: ["__name__", "up", "x"], timeseries: [{ labelsRefs: [0, 1], samples, metadata }] },
  ],
  [
    "W2.29",
    "symbols[3] repeats symbols[2]",
    { symbols: [...symbols, "up"], timeseries: [{ labelsRefs, samples, metadata }] },
  ],
  ["W2.29", "labels_refs has 3", { symbols, timeseries: [{ labelsRefs: [1, 3], samples, metadata }] }],
  [
    "W2.29",
    "metadata.help_ref has 7",
    { symbols, timeseries: [{ labelsRefs, samples, metadata: { type: 2, helpRef: 7 } }] },
  ],
  [
    "W2.29",
    "metadata.unit_ref has 8",
    { symbols, timeseries: [{ labelsRefs, samples, metadata: { type: 2, unitRef: 8 } }] },
  ],
  [
    "W2.29",
    "exemplars[0].labels_refs has 9",
    upV2({ exemplars: [{ labelsRefs: [1, 9], value: 1, timestamp: 1n }] }),
  ],
  ["W2.25", "not pairs", { symbols, timeseries: [{ labelsRefs: [1, 2, 1], samples, metadata }] }],
])("%s: %s", async (rule, what, message) => {
  const response = await postV2(receiver().url, message);
  expect(response.status).toBe(400);
  expect(new Set(brokenRules(receiver()))).toEqual(new Set([rule]));
  expect(
    receiver()
      .violations.map(({ detail }) => detail)
      .join("\n"),
  ).toContain(what);
  expect(receiver().series()).toEqual([]);
});

test("W2.29: a request without series needs no symbols", async () => {
  expect((await postV2(receiver().url, {})).status).toBe(204);
});
