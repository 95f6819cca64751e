import { request } from "node:http";
import { expect, test } from "vitest";
import {
  block,
  encodeV1,
  headersV1,
  headersV2,
  postV1,
  postV2,
  upV1,
  upV2,
  type Headers,
} from "../testing/messages.js";
import { brokenRules, useReceiver, warnedRules } from "../testing/use-receiver.js";

const receiver = useReceiver();

/** The headers with some replaced, or left out where undefined. */
function change(headers: Headers, changes: Record<string, string | undefined>): Headers {
  const changed = Object.entries({ ...headers, ...changes });
  return Object.fromEntries(changed.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** fetch always sends a User-Agent of its own. */
function postWithNode(method: string, headers: Headers): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(receiver().url, { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.end(block(encodeV1(upV1([1_000, 1]))));
  });
}

test.each([
  ["W1.4", 415, { "Content-Encoding": "gzip" }],
  ["W1.4", 400, { "Content-Encoding": "Snappy" }],
  ["W1.4", 400, { "Content-Encoding": undefined }],
  ["W1.4", 415, { "Content-Type": "application/json" }],
  ["W1.4", 415, { "Content-Type": undefined }],
  ["W1.4", 400, { "Content-Type": "Application/X-Protobuf" }],
  ["W2.7", 400, { "Content-Type": "application/x-protobuf; proto=prometheus.WriteRequest" }],
  ["W2.7", 400, { "Content-Type": "application/x-protobuf;proto=prometheus.WriteRequest;v=1" }],
  ["W1.8", 400, { "X-Prometheus-Remote-Write-Version": undefined }],
  ["W1.4", 400, { "X-Prometheus-Remote-Write-Version": "1.0" }],
])("%s: 1.0 is answered %i with %o", async (rule, status, changes) => {
  const response = await postV1(receiver().url, upV1([1_000, 1]), change(headersV1, changes));
  expect(brokenRules(receiver())).toEqual([rule]);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(rule);
  expect(receiver().series()).toEqual([]);
});

test.each([
  ["W2.6", 415, { "Content-Encoding": "zstd" }],
  ["W2.4", 400, { "Content-Encoding": undefined }],
  ["W2.7", 400, { "Content-Type": "application/x-protobuf; proto=io.prometheus.write.v2.Request" }],
  ["W2.4", 400, { "X-Prometheus-Remote-Write-Version": undefined }],
])("%s: 2.0 is answered %i with %o", async (rule, status, changes) => {
  const response = await postV2(receiver().url, upV2(), change(headersV2, changes));
  expect(brokenRules(receiver())).toEqual([rule]);
  expect(response.status).toBe(status);
  expect(receiver().series()).toEqual([]);
});

test("W1.4 and W2.10: the User-Agent is missing", async () => {
  expect(await postWithNode("POST", change(headersV1, { "User-Agent": undefined }))).toBe(400);
  expect(brokenRules(receiver())).toEqual(["W1.4"]);
  receiver().reset();
  await postWithNode("POST", change(headersV2, { "User-Agent": undefined }));
  expect(brokenRules(receiver())[0]).toBe("W2.10");
});

test("W1.2 and W2.3: the method is not POST", async () => {
  expect((await fetch(receiver().url)).status).toBe(405);
  expect(await postWithNode("PUT", headersV1)).toBe(405);
  expect(brokenRules(receiver())).toEqual(["W1.2", "W1.2"]);
  receiver().reset();
  expect(await postWithNode("PUT", headersV2)).toBe(405);
  expect(brokenRules(receiver())).toEqual(["W2.3"]);
});

test("W2.9, W2.10: an unusual version or User-Agent is a warning", async () => {
  const unusual = { "X-Prometheus-Remote-Write-Version": "0.1.0", "User-Agent": "(no product)" };
  expect((await postV2(receiver().url, upV2(), change(headersV2, unusual))).status).toBe(204);
  expect(brokenRules(receiver())).toEqual([]);
  expect(warnedRules(receiver())).toEqual(["W2.10", "W2.9"]);
});

test("W2.7, W2.9: a 2.0 sender may name the message of 1.0; with the plain type its version is 0.1.0", async () => {
  const named = change(headersV2, { "Content-Type": "application/x-protobuf;proto=prometheus.WriteRequest" });
  await postV1(receiver().url, upV1([1_000, 1]), named);
  expect([brokenRules(receiver()), warnedRules(receiver())]).toEqual([[], []]);
  await postV1(receiver().url, upV1([2_000, 1]), change(named, { "Content-Type": "application/x-protobuf" }));
  expect([brokenRules(receiver()), warnedRules(receiver())]).toEqual([[], ["W2.9"]]);
});
