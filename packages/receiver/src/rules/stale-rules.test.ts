import { expect, test } from "vitest";
import {
  block,
  encodeV1,
  encodeV2,
  headersV1,
  headersV2,
  placeholder,
  post,
  replacePlaceholder,
  seriesV1,
  upV1,
  upV2,
} from "../testing/messages.js";
import { brokenRules, useReceiver } from "../testing/use-receiver.js";

const receiver = useReceiver();
const marker = 0x7ff0000000000002n;

async function sendV1(bits: bigint): Promise<void> {
  const bytes = replacePlaceholder(encodeV1(upV1([1_000, 1], [2_000, placeholder])), bits);
  await post(receiver().url, block(bytes), headersV1);
}

async function sendV2(bits: bigint, series: Parameters<typeof upV2>[0]): Promise<void> {
  await post(receiver().url, block(replacePlaceholder(encodeV2(upV2(series)), bits)), headersV2);
}

test("W1.23: the bits of a stale marker make one, and no others", async () => {
  await sendV1(marker);
  expect(brokenRules(receiver())).toEqual([]);
  expect(receiver().series()[0]?.samples).toEqual([
    { value: 1, timestamp: 1_000 },
    { value: Number.NaN, timestamp: 2_000, stale: true },
  ]);
  expect(receiver().latest()).toEqual([
    { labels: { __name__: "up" }, timestamp: 2_000, value: Number.NaN, stale: true },
  ]);
});

test.each([0x7ff8000000000000n, 0x7ff8000000000001n, 0xfff8000000000000n])(
  "W1.23: an ordinary NaN, %s, is a value like any other",
  async (bits) => {
    await sendV1(bits);
    expect(brokenRules(receiver())).toEqual([]);
    expect(receiver().series()[0]?.samples[1]).toEqual({ value: Number.NaN, timestamp: 2_000 });
  },
);

test.each([0x7ff8000000000002n, 0x7ff0000000000001n, 0xfff0000000000002n])(
  "W1.23 and W2.34: a NaN with the bits %s is a spoilt marker",
  async (bits) => {
    await sendV1(bits);
    expect(brokenRules(receiver())).toEqual(["W1.23"]);
    expect(receiver().violations[0]?.detail).toContain(`bits 0x${bits.toString(16)}`);
    receiver().reset();
    await sendV2(bits, { samples: [{ value: placeholder, timestamp: 1n }] });
    expect(brokenRules(receiver())).toEqual(["W2.34"]);
  },
);

test("W2.34: a stale histogram has the marker as its sum", async () => {
  const histogram = { count: { case: "countInt", value: 0n } as const, sum: placeholder, timestamp: 1_000n };
  await sendV2(marker, { samples: [], histograms: [histogram] });
  expect(brokenRules(receiver())).toEqual([]);
  expect(receiver().series()[0]?.histograms[0]).toMatchObject({ count: 0, sum: Number.NaN, stale: true });
});

test("W1.23 and W2.34: a stale marker is no value of an exemplar", async () => {
  const exemplars = [{ value: placeholder, timestamp: 1n }];
  const message = { timeseries: [{ ...seriesV1([["__name__", "up"]]), exemplars }] };
  await post(receiver().url, block(replacePlaceholder(encodeV1(message), marker)), headersV1);
  expect(brokenRules(receiver())).toEqual(["W1.23"]);
  receiver().reset();
  await sendV2(marker, { exemplars: [{ value: placeholder, timestamp: 1n }] });
  expect(brokenRules(receiver())).toEqual(["W2.34"]);
});
