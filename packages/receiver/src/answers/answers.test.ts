import { expect, test } from "vitest";
import { block, encodeV1, headersV1, headersV2, postV1, postV2, upV1, upV2 } from "../testing/messages.js";
import { useReceiver } from "../testing/use-receiver.js";

const receiver = useReceiver();
const written = "x-prometheus-remote-write-samples-written";

test("scripted answers apply to the next requests in order, then the default is back", async () => {
  receiver().answer(503, { status: 429, headers: { "Retry-After": "7" }, body: "slow down" });
  const first = await postV1(receiver().url, upV1([1_000, 1]));
  const second = await postV1(receiver().url, upV1([1_000, 1]));
  expect(receiver().series()).toEqual([]);
  const third = await postV1(receiver().url, upV1([1_000, 1]));
  expect([first.status, second.status, third.status]).toEqual([503, 429, 204]);
  expect([second.headers.get("retry-after"), await second.text()]).toEqual(["7", "slow down"]);
  expect(receiver().requests.map(({ status, stored }) => [status, stored])).toEqual([
    [503, false],
    [429, false],
    [204, true],
  ]);
});

test("only writes take scripted answers", async () => {
  receiver().answer(503);
  await fetch(receiver().url);
  await fetch(receiver().url, { method: "OPTIONS" });
  await postV1(`${receiver().origin}/elsewhere`, upV1([1_000, 1]));
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(503);
});

test("an answer for every request stays until it is taken back; single ones come first", async () => {
  receiver().answerEvery(500);
  receiver().answer(502);
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push((await postV1(receiver().url, upV1([1_000, 1]))).status);
  receiver().answerEvery(undefined);
  statuses.push((await postV1(receiver().url, upV1([1_000, 1]))).status);
  expect(statuses).toEqual([502, 500, 500, 204]);
});

test("a function sees the checked request, and may leave the answer to the default", async () => {
  receiver().answerEvery(({ headers, counts, messageType }) => {
    if (headers.authorization !== undefined) return undefined;
    return { status: 401, body: `${messageType} of ${counts.samples}` };
  });
  const refused = await postV2(receiver().url, upV2());
  expect([refused.status, await refused.text()]).toEqual([401, "io.prometheus.write.v2.Request of 1"]);
  const taken = await postV2(receiver().url, upV2(), { ...headersV2, Authorization: "Bearer x" });
  expect(taken.status).toBe(204);
});

test("a function that throws, or returns no answer, is answered 500, with the reason", async () => {
  receiver().answer(
    () => {
      throw new Error("not today");
    },
    () => 99,
  );
  const response = await postV1(receiver().url, upV1([1_000, 1]));
  expect([response.status, await response.text()]).toEqual([500, "the scripted answer failed: not today\n"]);
  expect((await postV1(receiver().url, upV1([1_000, 1]))).status).toBe(500);
  expect(receiver().requests.map(({ status }) => status)).toEqual([500, 500]);
});

test("an error answer can store, and a success can lose the points", async () => {
  receiver().answer({ status: 500, store: true }, { status: 200, store: false });
  await postV1(receiver().url, upV1([1_000, 1]));
  expect(receiver().value({ __name__: "up" })).toBe(1);
  await postV1(receiver().url, upV1([2_000, 2]));
  expect(receiver().value({ __name__: "up" })).toBe(1);
});

test("points of a request that breaks a rule are not stored, whatever is answered", async () => {
  receiver().answer({ status: 204, store: true });
  expect((await postV1(receiver().url, upV1([2_000, 1], [1_000, 1]))).status).toBe(204);
  expect(receiver().series()).toEqual([]);
  expect(receiver().violations).toHaveLength(1);
});

test("W2.13: Written headers say what was stored, on errors too, and can be left out", async () => {
  receiver().answer(204, { status: 204, written: false }, { status: 204, store: false }, 400, 415);
  const headers: (string | null)[] = [];
  for (let i = 1; i <= 5; i++) {
    const samples = [{ value: i, timestamp: BigInt(i) }];
    headers.push((await postV2(receiver().url, upV2({ samples }))).headers.get(written));
  }
  expect(headers).toEqual(["1", null, "0", "0", null]);
  expect((await postV1(receiver().url, upV1([9_000, 1]))).headers.get(written)).toBeNull();
});

test("refuse, reset, truncate: the sender sees its connection break, and `store` decides what is kept", async () => {
  receiver().answer({ fault: "refuse" }, { fault: "reset" }, { fault: "reset", store: true });
  for (let i = 1; i <= 3; i++) {
    await expect(postV1(receiver().url, upV1([i, 1]))).rejects.toThrow("fetch failed");
  }
  receiver().answer({ fault: "truncate", store: true });
  const response = await postV1(receiver().url, upV1([4, 1]));
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow("terminated");
  expect(receiver().requests.map(({ fault, stored, status }) => [fault, stored, status])).toEqual([
    ["refuse", false, undefined],
    ["reset", false, undefined],
    ["reset", true, undefined],
    ["truncate", true, undefined],
  ]);
  expect(
    receiver()
      .series()[0]
      ?.samples.map(({ timestamp }) => timestamp),
  ).toEqual([3, 4]);
});

test("stall: no answer comes, until the sender gives up", async () => {
  receiver().answer({ fault: "stall", store: true });
  const sender = new AbortController();
  const answer = fetch(receiver().url, { method: "POST", body: "x", signal: sender.signal });
  await receiver().waitFor({ requests: 1 });
  expect(receiver().requests[0]).toMatchObject({ fault: "stall", stored: false });
  sender.abort();
  await expect(answer).rejects.toThrow("aborted");
});

test("an answer can wait for a promise; the points are stored before", async () => {
  const gate = Promise.withResolvers<void>();
  receiver().answer({ status: 204, after: gate.promise });
  const answer = postV1(receiver().url, upV1([1_000, 1]));
  await receiver().waitFor({ storedPoints: 1 });
  const other = await postV1(receiver().url, upV1([2_000, 1]));
  expect(other.status).toBe(204);
  gate.resolve();
  expect((await answer).status).toBe(204);
});

test("an answer that the sender does not wait for is not delivered, though its points are stored", async () => {
  const sender = new AbortController();
  receiver().answer({ status: 204, after: new Promise(() => undefined) });
  const body = block(encodeV1(upV1([1_000, 1])));
  const answer = fetch(receiver().url, { method: "POST", headers: headersV1, body, signal: sender.signal });
  await receiver().waitFor({ storedPoints: 1 });
  sender.abort();
  await expect(answer).rejects.toThrow("aborted");
  expect(receiver().requests).toMatchObject([{ status: 204, answered: false, stored: true }]);
});

test("an answer can wait for some milliseconds", async () => {
  receiver().answer({ status: 204, after: 30 });
  const start = performance.now();
  await postV1(receiver().url, upV1([1_000, 1]));
  expect(performance.now() - start).toBeGreaterThan(25);
});

test.each([
  [99, '"status" is a whole number from 200 to 599'],
  [{ status: "503" }, '"status" is a whole number from 200 to 599'],
  [{ status: 503, fault: "reset" }, 'an answer with "fault" has no "status"'],
  [{ status: 503, retryAfter: 1 }, 'an answer with "status" has no "retryAfter"'],
  [{ fault: "explode" }, '"fault" is one of refuse, reset, truncate, stall'],
  [{ status: 503, body: 1 }, '"body" is a string'],
  [{ status: 503, store: 1 }, '"store" is a boolean'],
  [{ status: 503, after: -1 }, '"after" is a number of milliseconds'],
  [{ status: 503, headers: { "Retry-After": 1 } }, 'the value of "Retry-After" is a string'],
  [{ status: 503, headers: { "Retry After": "1" } }, "Header name must be a valid HTTP token"],
  ["503", "an answer is a status"],
])("%o is not an answer: %s", (answer, message) => {
  expect(() => receiver().answer(204, answer as number)).toThrow(message);
});
