import { expect, test } from "vitest";
import { block, encodeV1, encodeV2, headersV1, headersV2, post, upV1, upV2 } from "../testing/messages.js";
import { brokenRules, useReceiver } from "../testing/use-receiver.js";

const receiver = useReceiver();

/** A field of number 15 that no message has, a varint. */
const unknownField = [0x78, 0x01];

test("W1.1 and W2.1: bytes that are no protobuf message", async () => {
  const garbage = block(new Uint8Array([0x0a, 0xff]));
  expect((await post(receiver().url, garbage, headersV1)).status).toBe(400);
  expect((await post(receiver().url, garbage, headersV2)).status).toBe(400);
  expect(brokenRules(receiver())).toEqual(["W1.1", "W2.1"]);
});

test("W1.1: a label that is not UTF-8", async () => {
  const bytes = encodeV1(upV1([1_000, 1]));
  bytes[bytes.indexOf("u".charCodeAt(0))] = 0xff;
  await post(receiver().url, block(bytes), headersV1);
  expect(brokenRules(receiver())).toEqual(["W1.1"]);
});

test("W1.1 and W2.1: a field that the message does not have", async () => {
  await post(
    receiver().url,
    block(new Uint8Array([...encodeV1(upV1([1_000, 1])), ...unknownField])),
    headersV1,
  );
  await post(receiver().url, block(new Uint8Array([...encodeV2(upV2()), ...unknownField])), headersV2);
  expect(receiver().violations.map(({ rule, detail }) => [rule, detail])).toEqual([
    ["W1.1", "prometheus.WriteRequest has no such field: WriteRequest: field 15"],
    ["W2.1", "io.prometheus.write.v2.Request has no such field: Request: field 15"],
  ]);
});

test("W1.1: an unknown field deep in a message is found, and its place named", async () => {
  // timeseries { samples { field 15 } }
  const bytes = new Uint8Array([0x0a, 0x04, 0x12, 0x02, ...unknownField]);
  await post(receiver().url, block(bytes), headersV1);
  expect(receiver().violations.map(({ rule, detail }) => [rule, detail])).toEqual([
    ["W1.1", "prometheus.WriteRequest has no such field: timeseries[0].samples[0]: field 15"],
  ]);
});

test("W1.1 and W2.1: a message under the other's Content-Type", async () => {
  await post(receiver().url, block(encodeV2(upV2())), headersV1);
  await post(receiver().url, block(encodeV1(upV1([1_000, 1]))), headersV2);
  expect(brokenRules(receiver())).toEqual(["W1.1", "W2.1"]);
  expect(receiver().series()).toEqual([]);
});

test.each([
  ["W1.6", headersV1],
  ["W2.2", headersV2],
])("%s: snappy's framed format, or no snappy at all", async (rule, headers) => {
  const framed = new Uint8Array([0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59, 0x00]);
  await post(receiver().url, framed, headers);
  expect(receiver().violations.map((violation) => violation.detail)).toEqual([
    "the body is snappy's framed format, not its block format",
  ]);
  await post(receiver().url, new Uint8Array(encodeV1(upV1([1_000, 1]))), headers);
  await post(receiver().url, new Uint8Array(), headers);
  expect(brokenRules(receiver())).toEqual([rule, rule, rule]);
});
