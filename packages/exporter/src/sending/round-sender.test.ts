import type { Round } from "@otel-remote-write/prompb";
import { describe, expect, it } from "vitest";
import { encodeAlone } from "../batches/batch.js";
import {
  acknowledged,
  aborted,
  refused,
  retryable,
  tooLarge,
  limited,
} from "../delivery/outcomes.test-support.js";
import { createPendingRound, type PendingRound, pointsLeft } from "./pending-round.js";
import type { SendResult } from "./round-sender.js";
import { gauges, pendingWith, refusing, roundWith, startSender } from "./sending.test-support.js";

/** Sends until nothing is left; gives how often. */
async function sendAll(send: (pending: PendingRound) => Promise<SendResult>, pending: PendingRound) {
  for (let sends = 1; sends <= 1000; sends++) {
    const { kind } = await send(pending);
    if (kind === "settled") return sends;
    expect(kind).toBe("retry");
  }
  throw new Error("it never ends");
}

describe("a Round", () => {
  it("goes in one request where nothing is wrong", async () => {
    const { send, requests, stats } = startSender(() => acknowledged);
    expect(await send(pendingWith(gauges(5)))).toEqual({ kind: "settled", failure: undefined });
    expect(requests.map(({ series }) => series.length)).toEqual([5]);
    expect(stats()).toMatchObject({ acknowledged: { samples: 5 }, dropped: {} });
  });

  it("H7: is tried again as it is, and says how often it was tried", async () => {
    const { send, requests } = startSender(({ attempt }) => (attempt < 2 ? retryable() : acknowledged));
    const pending = pendingWith(gauges(2));
    expect(await send(pending)).toMatchObject({ kind: "retry" });
    expect(await send(pending)).toMatchObject({ kind: "retry" });
    expect(await send(pending)).toMatchObject({ kind: "settled", failure: undefined });
    expect(requests.map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
  });

  it("says how much was cut off, and leaves what was not sent yet", async () => {
    const answers = [refused, aborted];
    const { send, stats } = startSender(() => answers.shift() ?? acknowledged);
    const pending = pendingWith(gauges(5));
    const result = await send(pending);
    expect(result).toMatchObject({ kind: "cut_off", outcome: aborted });
    const points = result.kind === "cut_off" ? result.points : 0;
    expect(points).toBeGreaterThan(0);
    expect(points + pointsLeft(pending)).toBe(5);
    expect(stats()).toMatchObject({ dropped: {}, unconfirmed: 0 });
  });

  it("W1.22: is dropped after a 429 where that is asked for", async () => {
    const patient = startSender(() => limited);
    expect(await patient.send(pendingWith(gauges(2)))).toMatchObject({ kind: "retry" });
    const { send, stats } = startSender(() => limited, { retryOnHttp429: false });
    expect(await send(pendingWith(gauges(2)))).toMatchObject({ kind: "settled", failure: limited.error });
    expect(stats().dropped).toEqual({ too_many_requests: 2 });
  });
});

describe("a 429", () => {
  it("that comes again and again makes the requests smaller, until a burst takes them", async () => {
    const { send, requests, stats } = startSender(({ series }) =>
      series.length > 100 ? limited : acknowledged,
    );
    // Four times in half, each after eight answers, and the last one settles it.
    expect(await sendAll(send, pendingWith(gauges(1600)))).toBeLessThanOrEqual(8 * (1 + 2 + 4 + 8) + 1);
    expect(requests.slice(0, 9).map(({ series }) => series.length)).toEqual([
      ...Array.from({ length: 8 }, () => 1600),
      800,
    ]);
    expect(requests.filter(({ series }) => series.length === 100)).toHaveLength(16);
    expect(stats()).toMatchObject({ acknowledged: { samples: 1600 }, dropped: {} });
  });

  it("that passes leaves the request as it is", async () => {
    const { send, requests } = startSender(({ attempt }) => (attempt < 7 ? limited : acknowledged));
    await sendAll(send, pendingWith(gauges(10)));
    expect(requests.map(({ series }) => series.length)).toEqual(Array.from({ length: 8 }, () => 10));
  });

  it("makes a request smaller in the end where others are taken in between", async () => {
    const { send, requests } = startSender(({ series }) => (series.length > 100 ? limited : acknowledged));
    const large = pendingWith(gauges(200));
    let attempts = 0;
    for (let result; result?.kind !== "settled" && attempts < 100; attempts++) {
      await send(pendingWith(gauges(1)));
      result = await send(large);
    }
    expect(attempts).toBe(21);
    expect(requests.filter(({ series }) => series.length === 100)).toHaveLength(2);
  });

  it("and then a 413 for one half leaves the other as it is", async () => {
    const { send, requests, stats } = startSender(({ series }) => {
      if (series.length > 100) return limited;
      return series.includes("m3") && series.length > 25 ? tooLarge : acknowledged;
    });
    await sendAll(send, pendingWith(gauges(200)));
    expect(requests.slice(8).map(({ series }) => series.length)).toEqual([100, 50, 25, 25, 50, 100]);
    expect(stats()).toMatchObject({ acknowledged: { samples: 200 }, dropped: {} });
  });

  it("in the middle of a search for bad series does not end it", async () => {
    const judge = refusing("m3");
    const { send, stats } = startSender((request) =>
      request.series.length > 20 && request.series.length < 100 ? limited : judge(request),
    );
    await sendAll(send, pendingWith(gauges(100)));
    expect(stats()).toMatchObject({ acknowledged: { samples: 99 }, dropped: { bad_request: 1 } });
  });
});

/** Ten native histograms. */
const withBuckets = (buckets: number): Round => ({
  ...roundWith([]),
  histograms: gauges(10).map((series) => ({
    series,
    histogram: {
      count: 1,
      sum: 1,
      schema: 0,
      zeroThreshold: 0,
      zeroCount: 1,
      positiveSpans: [{ offset: 0, length: buckets }],
      positiveDeltas: Array.from({ length: buckets }, () => 1),
      negativeSpans: [],
      negativeDeltas: [],
      timestamp: 1000,
    },
    exemplars: [],
  })),
});

describe("native histograms that have outgrown maxBytesPerSend", () => {
  it("are divided before they are sent", async () => {
    const { send, requests } = startSender(() => acknowledged, { maxBytesPerSend: 100_000 });
    expect(await send(createPendingRound(withBuckets(2000), encodeAlone))).toMatchObject({
      kind: "too_large",
    });
    expect(requests).toHaveLength(0);
    expect(await send(createPendingRound(withBuckets(1000), encodeAlone))).toMatchObject({ kind: "settled" });
    expect(requests).toHaveLength(1);
  });

  it("and exemplars that have, too", async () => {
    const { send } = startSender(() => acknowledged, { maxBytesPerSend: 2000 });
    const exemplar = { labels: [{ name: "trace_id", value: "0".repeat(32) }], value: 1, timestamp: 1000 };
    const round = roundWith(gauges(10));
    const withExemplars = { ...round, exemplars: new Map(gauges(10).map((_, i) => [i, [exemplar]])) };
    expect(await send(createPendingRound(withExemplars, encodeAlone))).toMatchObject({ kind: "too_large" });
    expect(await send(createPendingRound(round, encodeAlone))).toMatchObject({ kind: "settled" });
  });
});

describe("a 413", () => {
  it("is handed to the owner of the Round, with the series of one half", async () => {
    const { send } = startSender(() => tooLarge);
    const pending = pendingWith(gauges(10));
    const result = await send(pending);
    expect(result).toMatchObject({ kind: "too_large" });
    expect(result.kind === "too_large" && result.second.size).toBe(5);
    expect(pointsLeft(pending)).toBe(10);
  });

  it("for a single series is a drop", async () => {
    const { send, stats } = startSender(() => tooLarge);
    expect(await send(pendingWith(gauges(1)))).toEqual({ kind: "settled", failure: tooLarge.error });
    expect(stats().dropped).toEqual({ payload_too_large: 1 });
  });

  it("for good parts, of a receiver that looks for bad series first, does not keep the search from its end", async () => {
    const bad = refusing("m500");
    const { send, requests, stats } = startSender((request) => {
      const outcome = bad(request);
      return outcome === refused || request.series.length <= 10 ? outcome : tooLarge;
    });
    const series = gauges(1000);
    await send(pendingWith(series));
    expect(stats()).toMatchObject({ acknowledged: { samples: 999 }, dropped: { bad_request: 1 } });
    // As many as such a limit takes, and those that are refused before.
    expect(requests.length).toBeLessThanOrEqual(2 * 128 + 27);
  });

  it("in the middle of a search divides the part that is too large", async () => {
    const { send, stats } = startSender(({ series }) => {
      if (series.length === 100) return refused;
      return series.length > 30 ? tooLarge : refusing("m3")({ series, attempt: 0, message: undefined });
    });
    await send(pendingWith(gauges(100)));
    expect(stats()).toMatchObject({ acknowledged: { samples: 99 }, dropped: { bad_request: 1 } });
  });
});
