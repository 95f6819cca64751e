import type { Metadata } from "@otel-remote-write/prompb";
import type { Outcome, SendOptions } from "@otel-remote-write/transport";
import { describe, expect, it } from "vitest";
import { addSample, createRoundBuilder, emptyShape, finishRound } from "../batches/round-builder.js";
import { createManualRuntime } from "../delivery/delivery.test-support.js";
import { acknowledged, refused, retryable, tooLarge } from "../delivery/outcomes.test-support.js";
import { createRateLimitedLog } from "../log/rate-limited-log.js";
import { createMetadataSender } from "./metadata-sender.js";

const acknowledged2: Outcome = {
  kind: "acknowledged",
  status: 204,
  message: "io.prometheus.write.v2.Request",
  written: undefined,
};

/** A Round with one series of each family. */
function roundOf(...names: readonly string[]) {
  const builder = createRoundBuilder(emptyShape);
  for (const familyName of names) {
    const metadata: Metadata = { type: "gauge", help: "", unit: "", familyName };
    addSample(builder, { labels: [], metadata, owned: undefined }, 1, 1000, 0);
  }
  return finishRound(builder);
}

function start(intervalMillis = 60_000) {
  const runtime = createManualRuntime();
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const requests: { size: number; options: SendOptions | undefined; answer(outcome: Outcome): void }[] = [];
  let answer: Outcome | undefined = acknowledged;
  const sender = createMetadataSender({
    intervalMillis,
    runtime,
    log: createRateLimitedLog({ warn: log, error: log }, runtime.now),
    client: {
      send(batch, options) {
        const { promise, resolve } = Promise.withResolvers<Outcome>();
        requests.push({ size: batch.encode("prometheus.WriteRequest").length, options, answer: resolve });
        if (answer !== undefined) resolve(answer);
        return promise;
      },
      ref: () => undefined,
      unref: () => undefined,
      close: () => undefined,
    },
  });
  return {
    sender,
    runtime,
    requests,
    lines,
    answerWith: (next: Outcome | undefined) => void (answer = next),
  };
}

describe("the sender of metadata", () => {
  it("sends at the start, new families at once, and all of them after every interval", async () => {
    const { sender, runtime, requests } = start();
    sender.answered(roundOf("a"), acknowledged);
    await runtime.advance(1000);
    sender.answered(roundOf("a", "b"), acknowledged);
    await runtime.advance(58_000);
    expect(requests).toHaveLength(2);
    const [first, second] = requests.map(({ size }) => size);
    expect(first).toBeGreaterThan(0);
    // Only "b": metadata that is equal may be another object, where Rounds come out of a spool.
    expect(second).toBe(first);
    await runtime.advance(1000);
    expect(requests).toHaveLength(3);
    await runtime.advance(60_000);
    expect(requests).toHaveLength(4);
  });

  it("sends as 1.0 whatever is negotiated, and no samples", async () => {
    const { sender, requests } = start();
    sender.answered(roundOf("a"), acknowledged);
    await sender.flush(1000);
    expect(requests[0]?.options?.message).toBe("prometheus.WriteRequest");
  });

  it("is silent with 2.0, and stops when the receiver turns out to take that", async () => {
    const { sender, runtime, requests } = start();
    sender.answered(roundOf("a"), acknowledged2);
    await runtime.advance(120_000);
    expect(requests).toHaveLength(0);
    sender.answered(roundOf("a"), acknowledged);
    await runtime.advance(60_000);
    expect(requests).toHaveLength(2);
    sender.answered(roundOf("a"), acknowledged2);
    await runtime.advance(120_000);
    expect(requests).toHaveLength(2);
  });

  it("sends at most 2,000 families a request, one request after the other", async () => {
    const { sender, runtime, requests, answerWith } = start();
    answerWith(undefined);
    sender.answered(roundOf(...Array.from({ length: 4001 }, (_, i) => `m${1000 + i}`)), acknowledged);
    expect(requests).toHaveLength(1);
    requests[0]?.answer(acknowledged);
    await runtime.advance(0);
    expect(requests).toHaveLength(2);
    requests[1]?.answer(acknowledged);
    await runtime.advance(0);
    const sizes = requests.map(({ size }) => size);
    expect(sizes[0]).toBe(sizes[1]);
    expect(sizes[2]).toBe((sizes[0] ?? 0) / 2000);
  });

  it.each([
    ["refused", refused],
    ["retryable", retryable()],
  ])("does not retry a request that is %s before the next interval, and says so", async (_, outcome) => {
    const { sender, runtime, requests, lines, answerWith } = start();
    answerWith(outcome);
    sender.answered(roundOf("a"), acknowledged);
    await runtime.advance(59_999);
    expect(requests).toHaveLength(1);
    expect(lines.join()).toContain("metadata of 1 families was not sent: the receiver said");
    answerWith(acknowledged);
    await runtime.advance(1);
    expect(requests).toHaveLength(2);
  });

  it("W1.21: sends in halves what is refused as too large, and leaves out a family that is so for itself", async () => {
    const { sender, runtime, requests, lines, answerWith } = start();
    answerWith(undefined);
    sender.answered(roundOf("a", "b", "x".repeat(1000), "c"), acknowledged);
    const taken: number[] = [];
    for (let next = 0; next < requests.length; next++) {
      const size = requests[next]?.size ?? 0;
      const isTaken = size < 1000;
      if (isTaken) taken.push(size);
      requests[next]?.answer(isTaken ? acknowledged : tooLarge);
      await runtime.advance(0);
    }
    const [two = 0, one] = taken;
    expect(taken).toEqual([two, two / 2]);
    expect(one).toBeGreaterThan(0);
    expect(requests).toHaveLength(5);
    expect(lines).toEqual([expect.stringContaining("metadata of 1 families was not sent")]);
  });

  it("waits as long as samples have to wait", async () => {
    const { sender, runtime, requests } = start();
    sender.answered(roundOf("a"), acknowledged);
    sender.answered(roundOf("b"), retryable());
    await runtime.advance(180_000);
    expect(requests).toHaveLength(1);
    sender.answered(roundOf("b"), acknowledged);
    await runtime.advance(0);
    expect(requests).toHaveLength(2);
    expect(requests[1]?.size).toBe(2 * (requests[0]?.size ?? 0));
  });

  it("ends in time at shutdown, and sends nothing after it", async () => {
    const { sender, runtime, requests, answerWith } = start();
    answerWith(undefined);
    sender.answered(roundOf("a"), acknowledged);
    let ended = false;
    void sender.shutdown(500).then(() => (ended = true));
    await runtime.advance(499);
    expect(ended).toBe(false);
    await runtime.advance(1);
    expect(ended).toBe(true);
    expect(requests[0]?.options?.signal?.aborted).toBe(true);
    sender.answered(roundOf("b"), acknowledged);
    await runtime.advance(120_000);
    expect(requests).toHaveLength(1);
  });
});
