import {
  startReceiver,
  type Receiver,
  type ReceiverOptions,
  type ScriptedAnswer,
} from "@otel-remote-write/receiver";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { transports } from "../testing/loopback.js";
import { sampleBatch } from "../testing/sample-batch.js";
import { createRemoteWriteClient } from "./remote-write-client.js";

const v1 = "prometheus.WriteRequest";
const v2 = "io.prometheus.write.v2.Request";
const hour = 3_600_000;

afterEach(() => void vi.useRealTimers());

async function start(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = await startReceiver(options);
  onTestFinished(() => receiver.close());
  return receiver;
}

/** VictoriaMetrics: what is not 1.0 is decoded to nothing, and answered 204. */
const storesNothing: ScriptedAnswer = ({ messageType }) =>
  messageType === v2 ? { status: 204, written: false, store: false } : undefined;

/** The messages that came, in order. */
function sent(receiver: Receiver): string[] {
  return receiver.requests.map(({ messageType }) => (messageType === v2 ? "2.0" : "1.0"));
}

function values(receiver: Receiver): number[] {
  return receiver.series().flatMap(({ samples }) => samples.map(({ value }) => value));
}

describe.each(transports)("auto over $transport", ({ fetch }) => {
  test("W2.1: a receiver of both gets 2.0", async () => {
    const receiver = await start();
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    expect(await client.send(sampleBatch(1))).toMatchObject({
      kind: "acknowledged",
      message: v2,
      written: { samples: 1, histograms: 0, exemplars: 0 },
    });
    expect(sent(receiver)).toEqual(["2.0"]);
    expect(values(receiver)).toEqual([1]);
  });

  test.each<[string, ReceiverOptions, ScriptedAnswer | undefined]>([
    ["W2.20 H11: 415", { accept: [v1] }, undefined],
    [
      "W2.18: 400",
      {},
      ({ messageType }) => (messageType === v2 ? { status: 400, written: false } : undefined),
    ],
    ["W2.15 H10: 204, and stores nothing", {}, storesNothing],
  ])(
    "a receiver of 1.0 that answers %s to 2.0 has every sample once, in order",
    async (_, options, answer) => {
      const receiver = await start(options);
      receiver.answerEvery(answer);
      const client = createRemoteWriteClient({ url: receiver.url, fetch });
      const outcomes = [];
      for (const value of [1, 2, 3]) outcomes.push(await client.send(sampleBatch(value)));
      for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: "acknowledged", message: v1 });
      expect(sent(receiver)).toEqual(["2.0", "1.0", "1.0", "1.0"]);
      expect(values(receiver)).toEqual([1, 2, 3]);
      expect(receiver.totals().storedPoints).toBe(3);
      expect(receiver.violations).toEqual([]);
    },
  );

  test("while it finds out one request goes alone, and the others lose nothing", async () => {
    const receiver = await start({ accept: [v1] });
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    const batches = Array.from({ length: 5 }, (_, index) => sampleBatch(1, `batch_${index}`));
    const outcomes = await Promise.all(batches.map((batch) => client.send(batch)));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: "acknowledged", message: v1 });
    expect(sent(receiver)).toEqual(["2.0", "1.0", "1.0", "1.0", "1.0", "1.0"]);
    expect(receiver.series()).toHaveLength(5);
  });

  test("an endpoint that refuses both is not given up, and nobody waits for ever", async () => {
    const receiver = await start();
    receiver.answerEvery(415);
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    const refused = await Promise.all([1, 2].map((value) => client.send(sampleBatch(value))));
    for (const outcome of refused) {
      expect(outcome).toMatchObject({ kind: "refused", reason: "unsupported_media_type" });
    }
    expect(sent(receiver)).toEqual(["2.0", "1.0", "2.0", "1.0"]);
    receiver.answerEvery(undefined);
    expect(await client.send(sampleBatch(3))).toMatchObject({ kind: "acknowledged", message: v2 });
  });

  test("of two refusals the one counts that says more than 415", async () => {
    const receiver = await start();
    receiver.answer({ status: 400, written: false, body: "label value too long" }, 415);
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    const outcome = await client.send(sampleBatch(1));
    expect(outcome).toMatchObject({ kind: "refused", reason: "bad_request" });
    expect(outcome).toHaveProperty("error.message", expect.stringContaining("label value too long"));
  });

  test("W2.14: a partial write is refused, with what was written, and is no reason for 1.0", async () => {
    const receiver = await start();
    const headers = { "X-Prometheus-Remote-Write-Samples-Written": "0" };
    receiver.answer({ status: 400, headers });
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    expect(await client.send(sampleBatch(1))).toMatchObject({
      kind: "refused",
      reason: "bad_request",
      written: { samples: 0 },
    });
    expect(await client.send(sampleBatch(2))).toMatchObject({ kind: "acknowledged", message: v2 });
    expect(sent(receiver)).toEqual(["2.0", "2.0"]);
  });

  test.each<[string, ScriptedAnswer]>([
    ["503", 503],
    ["429", { status: 429, headers: { "Retry-After": "1" } }],
    ["a reset", { fault: "reset" }],
  ])("an outage while it finds out (%s) is one, and finding out goes on", async (_, outage) => {
    const receiver = await start({ accept: [v1] });
    // At the first message, and then between the two.
    // On a connection of its own: a reset of one that idled would be no outage (H8).
    receiver.answer(outage, { status: 415, headers: { Connection: "close" } }, outage);
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    expect(await client.send(sampleBatch(1))).toMatchObject({ kind: "retryable" });
    expect(await client.send(sampleBatch(1), { attempt: 1 })).toMatchObject({ kind: "retryable" });
    expect(await client.send(sampleBatch(1), { attempt: 2 })).toMatchObject({
      kind: "acknowledged",
      message: v1,
    });
    expect(sent(receiver)).toEqual(["2.0", "2.0", "1.0", "1.0"]);
    expect(values(receiver)).toEqual([1]);
  });

  test("H11: a rate limit that lets every second request through does not keep it from finding out", async () => {
    const receiver = await start({ accept: [v1] });
    let requests = 0;
    receiver.answerEvery(() => (++requests % 2 === 0 ? 429 : undefined));
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    expect(await client.send(sampleBatch(1))).toMatchObject({ kind: "retryable" });
    expect(await client.send(sampleBatch(1), { attempt: 1 })).toMatchObject({ kind: "acknowledged" });
    expect(values(receiver)).toEqual([1]);
  });

  test("an abort while it finds out frees those who wait; one who waits can be aborted too", async () => {
    const receiver = await start();
    receiver.answer({ fault: "stall" });
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    const [finder, waiter] = [new AbortController(), new AbortController()];
    const first = client.send(sampleBatch(1, "first"), { signal: finder.signal });
    const second = client.send(sampleBatch(1, "second"), { signal: waiter.signal });
    const third = client.send(sampleBatch(1, "third"));
    await receiver.waitFor({ requests: 1 });
    waiter.abort();
    expect(await second).toMatchObject({ kind: "aborted" });
    finder.abort();
    expect(await first).toMatchObject({ kind: "aborted" });
    expect(await third).toMatchObject({ kind: "acknowledged", message: v2 });
    expect(receiver.series().map(({ labels }) => labels["__name__"])).toEqual(["third"]);
  });

  test("a receiver that is replaced by an older and a newer one is found out again, without loss", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const receiver = await start();
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    await client.send(sampleBatch(1));
    receiver.answerEvery(storesNothing);
    await client.send(sampleBatch(2));
    await client.send(sampleBatch(3));
    expect(sent(receiver)).toEqual(["2.0", "2.0", "1.0", "1.0"]);
    receiver.answerEvery(undefined);
    await client.send(sampleBatch(4));
    vi.setSystemTime(Date.now() + hour);
    await client.send(sampleBatch(5));
    await client.send(sampleBatch(6));
    expect(sent(receiver).slice(4)).toEqual(["1.0", "2.0", "2.0"]);
    expect(values(receiver)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("a batch can be sent as one message in any case, from which nothing is learned", async () => {
    const receiver = await start();
    const client = createRemoteWriteClient({ url: receiver.url, fetch });
    await client.send(sampleBatch(1), { message: v1 });
    await client.send(sampleBatch(2));
    expect(sent(receiver)).toEqual(["1.0", "2.0"]);
  });
});

describe.each([v1, v2] as const)("protobufMessage fixed to %s", (protobufMessage) => {
  test("H11: whatever the receiver answers, it is the only message", async () => {
    const receiver = await start();
    receiver.answer(415, { status: 400, written: false }, { status: 204, written: false });
    const client = createRemoteWriteClient({ url: receiver.url, protobufMessage });
    for (const value of [1, 2, 3, 4]) await client.send(sampleBatch(value));
    expect(new Set(receiver.requests.map(({ messageType }) => messageType))).toEqual(
      new Set([protobufMessage]),
    );
    expect(receiver.requests).toHaveLength(4);
  });
});

describe("an endpoint that cannot be reached while it is unknown", () => {
  test("fails for all that wait at once: not after one timeout for each", async () => {
    let calls = 0;
    const fetch = async (): Promise<never> => {
      calls++;
      return await Promise.reject(new TypeError("fetch failed"));
    };
    const client = createRemoteWriteClient({ url: "http://127.0.0.1:9/write", fetch });
    const send = async (): Promise<string[]> => {
      const outcomes = await Promise.all([1, 2, 3, 4, 5].map((value) => client.send(sampleBatch(value))));
      return outcomes.map(({ kind }) => kind);
    };
    expect(await send()).toEqual(Array.from({ length: 5 }, () => "retryable"));
    expect(calls).toBe(1);
    // It is asked again the next time.
    await send();
    expect(calls).toBe(2);
  });

  test("but an answer, of whatever kind, lets the next one try", async () => {
    const receiver = await start();
    receiver.answer(503);
    const client = createRemoteWriteClient({ url: receiver.url });
    const outcomes = await Promise.all(
      [1, 2, 3].map((value) => client.send(sampleBatch(value, `b${value}`))),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(["retryable", "acknowledged", "acknowledged"]);
  });
});
