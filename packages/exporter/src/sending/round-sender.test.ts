import type { Round } from "@otel-remote-write/prompb";
import type { Outcome } from "@otel-remote-write/transport";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeAlone } from "../batches/batch.js";
import {
  acknowledged,
  aborted,
  partialWrite,
  refused,
  retryable,
  tooLarge,
} from "../delivery/outcomes.test-support.js";
import { createPendingRound, type PendingRound, pointsLeft } from "./pending-round.js";
import type { SendResult } from "./round-sender.js";
import {
  classicHistogram,
  gauges,
  pendingWith,
  roundWith,
  type SentRequest,
  startSender,
} from "./sending.test-support.js";

/** A receiver of 1.0, which takes nothing of a request with one of these. */
function refusing(...bad: readonly string[]): (request: SentRequest) => Outcome {
  return ({ series }) => (series.some((name) => bad.includes(name)) ? refused : acknowledged);
}

const mostRequests = (series: number): number => Math.floor(2 * Math.log2(series)) + 8;

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
    const limited = { ...retryable(), reason: "too_many_requests", status: 429 } as const;
    const patient = startSender(() => limited);
    expect(await patient.send(pendingWith(gauges(2)))).toMatchObject({ kind: "retry" });
    const { send, stats } = startSender(() => limited, { retryOnHttp429: false });
    expect(await send(pendingWith(gauges(2)))).toMatchObject({ kind: "settled", failure: limited.error });
    expect(stats().dropped).toEqual({ too_many_requests: 2 });
  });
});

describe("a 429", () => {
  const limited = { ...retryable(), reason: "too_many_requests", status: 429 } as const;

  it("that comes again and again makes the requests smaller, until a burst takes them", async () => {
    const { send, requests, stats } = startSender(({ series }) =>
      series.length > 100 ? limited : acknowledged,
    );
    // Four times in half, each after five answers, and the last one settles it.
    expect(await sendAll(send, pendingWith(gauges(1600)))).toBeLessThanOrEqual(5 * (1 + 2 + 4 + 8) + 1);
    expect(requests.slice(0, 6).map(({ series }) => series.length)).toEqual([
      1600, 1600, 1600, 1600, 1600, 800,
    ]);
    expect(requests.filter(({ series }) => series.length === 100)).toHaveLength(16);
    expect(stats()).toMatchObject({ acknowledged: { samples: 1600 }, dropped: {} });
  });

  it("that passes leaves the request as it is", async () => {
    const { send, requests } = startSender(({ attempt }) => (attempt < 4 ? limited : acknowledged));
    await sendAll(send, pendingWith(gauges(10)));
    expect(requests.map(({ series }) => series.length)).toEqual([10, 10, 10, 10, 10]);
  });

  it("and then a 413 for one half leaves the other as it is", async () => {
    const { send, requests, stats } = startSender(({ series }) => {
      if (series.length > 100) return limited;
      return series.includes("m3") && series.length > 25 ? tooLarge : acknowledged;
    });
    await sendAll(send, pendingWith(gauges(200)));
    expect(requests.slice(5).map(({ series }) => series.length)).toEqual([100, 50, 25, 25, 50, 100]);
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

describe("E8: a 400 for the whole of a request", () => {
  it.each([2, 3, 10, 100, 2000])("finds the one bad series of %i", async (count) => {
    for (const bad of [0, 1, Math.floor(count / 3), count - 1]) {
      const { send, requests, stats, lines } = startSender(refusing(`m${bad}`));
      const result = await send(pendingWith(gauges(count)));
      expect(result).toMatchObject({ kind: "settled", failure: refused.error });
      expect(requests.length).toBeLessThanOrEqual(mostRequests(count));
      expect(stats()).toMatchObject({ acknowledged: { samples: count - 1 }, dropped: { bad_request: 1 } });
      expect(lines.join("\n")).toContain(`kept out for an hour: m${bad}: ${refused.error.message}`);
    }
  });

  it("keeps the bad series out for an hour, and counts each of its samples", async () => {
    const series = gauges(10);
    const { send, requests, stats, clock, lines } = startSender(refusing("m3"));
    await send(pendingWith(series));
    const before = requests.length;
    expect(await send(pendingWith(series))).toMatchObject({
      kind: "settled",
      failure: { message: expect.stringContaining("1 samples dropped (quarantined)") as unknown },
    });
    expect(requests.slice(before).map((request) => request.series.includes("m3"))).toEqual([false]);
    clock.millis = 3_599_999;
    await send(pendingWith(series));
    expect(requests).toHaveLength(before + 2);
    expect(stats().dropped).toEqual({ bad_request: 1, quarantined: 2 });
    expect(lines.join("\n")).toContain("1 samples dropped (quarantined)");
    clock.millis = 3_600_000;
    await send(pendingWith(series));
    expect(requests[before + 2]?.series).toContain("m3");
  });

  it("knows a series that is kept out by its labels", async () => {
    const { send, requests } = startSender(refusing("m3"));
    await send(pendingWith(gauges(10)));
    const before = requests.length;
    await send(pendingWith(gauges(10)));
    expect(requests).toHaveLength(before + 1);
  });

  it("sends nothing where all series are kept out", async () => {
    const { send, requests } = startSender(refusing("m1"));
    const [good, bad] = gauges(2);
    if (good === undefined || bad === undefined) throw new Error("there are two");
    await send(pendingWith([good, bad]));
    const before = requests.length;
    expect(await send(pendingWith([bad]))).toMatchObject({ kind: "settled", failure: expect.any(Error) });
    expect(requests).toHaveLength(before);
  });

  it("is no flood where the data is bad as a whole, however long that lasts", async () => {
    const { send, requests, stats, lines } = startSender(() => refused);
    const series = gauges(2000);
    const counts: number[] = [];
    for (let round = 0; round < 24; round++) {
      const before = requests.length;
      await send(pendingWith(series));
      counts.push(requests.length - before);
    }
    // The whole and its halves; then, in case that both of them have something bad, smaller and smaller parts.
    expect(counts.slice(0, 4)).toEqual([3, 2, 2, 2]);
    expect(Math.max(...counts)).toBe(3);
    // And then all of it again.
    expect(counts.slice(1)).toContain(3);
    expect(stats()).toMatchObject({ acknowledged: { samples: 0 }, dropped: { bad_request: 48_000 } });
    // Nothing says that it is the series.
    expect(lines.join("\n")).not.toContain("kept out");
  });

  it("goes back to one request as soon as the receiver takes the data again", async () => {
    let isBad = true;
    const { send, requests, stats } = startSender(() => (isBad ? refused : acknowledged));
    const series = gauges(100);
    await send(pendingWith(series));
    isBad = false;
    await send(pendingWith(series));
    const before = requests.length;
    await send(pendingWith(series));
    expect(requests).toHaveLength(before + 1);
    expect(stats()).toMatchObject({ acknowledged: { samples: 200 }, dropped: { bad_request: 100 } });
  });

  it("finds several bad series in a few Rounds, and loses nothing else for long", async () => {
    const names = gauges(500).map((_, i) => `m${i}`);
    const badOnes = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(badOnes, async (bad) => {
        const { send, requests, stats } = startSender(refusing(...bad));
        const series = gauges(500);
        const rounds = 6;
        for (let round = 0; round < rounds; round++) {
          const before = requests.length;
          const pending = pendingWith(series);
          await send(pending);
          expect(pointsLeft(pending)).toBe(0);
          expect(requests.length - before).toBeLessThanOrEqual(mostRequests(500) * (round === 0 ? 1 : 8) + 2);
        }
        const {
          acknowledged: { samples },
          dropped,
        } = stats();
        expect(samples + (dropped["bad_request"] ?? 0) + (dropped["quarantined"] ?? 0)).toBe(500 * rounds);
        const before = requests.length;
        await send(pendingWith(series));
        expect(requests.slice(before).map((request) => request.series)).toEqual([
          names.filter((name) => !bad.includes(name)),
        ]);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    // One in twenty, one in five, every other: after how many Rounds everything good gets through.
    [20, 10],
    [5, 16],
    [2, 24],
  ])("finds them also where one of %i series is bad", async (every, rounds) => {
    const isBad = (name: string): boolean => Number(name.slice(1)) % every === 0;
    const { send, requests, stats } = startSender(({ series }) =>
      series.some(isBad) ? refused : acknowledged,
    );
    const series = gauges(2000);
    for (let round = 0; round < rounds; round++) {
      const before = requests.length;
      await send(pendingWith(series));
      expect(requests.length - before).toBeLessThanOrEqual(8 * mostRequests(2000) + 2);
    }
    const before = requests.length;
    await send(pendingWith(series));
    expect(requests).toHaveLength(before + 1);
    expect(requests[before]?.series).toHaveLength(2000 - 2000 / every);
    expect(stats().dropped["quarantined"]).toBeGreaterThan(0);
  });

  it("gets something through in the end where nearly all series are bad", async () => {
    const { send, stats } = startSender(({ series }) =>
      series.some((name) => name !== "m77") ? refused : acknowledged,
    );
    const series = gauges(100);
    for (let round = 0; round < 300 && stats().acknowledged.samples === 0; round++) {
      await send(pendingWith(series));
    }
    expect(stats().acknowledged.samples).toBe(1);
  });

  it("keeps nothing out that was refused only while everything was", async () => {
    let isBad = true;
    const { send, requests, stats } = startSender(() => (isBad ? refused : acknowledged));
    const series = gauges(40);
    for (const rounds of [1, 2, 3, 4, 5, 8, 13, 21]) {
      isBad = true;
      for (let round = 0; round < rounds; round++) await send(pendingWith(series));
      isBad = false;
      const before = requests.length;
      await send(pendingWith(series));
      expect(requests.length - before).toBeLessThanOrEqual(8 * mostRequests(40));
      await send(pendingWith(series));
      expect(requests.at(-1)?.series).toHaveLength(40);
    }
    expect(stats().dropped["quarantined"]).toBeUndefined();
  });

  it("finds a histogram that is bad as a whole without asking for each of its buckets", async () => {
    const histogram = classicHistogram("wait", 16);
    const { send, requests, stats } = startSender(({ series }) =>
      series.some((name) => name.startsWith("wait")) ? refused : acknowledged,
    );
    await send(pendingWith([...gauges(100), ...histogram, ...gauges(200).slice(100)]));
    expect(requests.length).toBeLessThanOrEqual(mostRequests(218));
    expect(stats()).toMatchObject({ acknowledged: { samples: 200 }, dropped: { bad_request: 18 } });
    await send(pendingWith(histogram));
    expect(stats().dropped).toEqual({ bad_request: 18, quarantined: 18 });
  });

  it("finds the one bad bucket of a histogram", async () => {
    const { send, stats } = startSender(refusing("wait_bucket/7"));
    await send(pendingWith([...gauges(100), ...classicHistogram("wait", 16)]));
    expect(stats()).toMatchObject({ acknowledged: { samples: 117 }, dropped: { bad_request: 1 } });
  });

  it("goes on where it was after an answer that can be retried", async () => {
    let count = 0;
    const judge = refusing("m70");
    const { send, requests, stats } = startSender((request) =>
      ++count % 2 === 0 ? retryable() : judge(request),
    );
    const pending = pendingWith(gauges(100));
    for (let result = await send(pending); result.kind !== "settled"; result = await send(pending)) {
      expect(result.kind).toBe("retry");
      expect(requests.length).toBeLessThan(100);
    }
    expect(stats()).toMatchObject({ acknowledged: { samples: 99 }, dropped: { bad_request: 1 } });
    const sent = requests.map(({ series }) => series.join());
    // Each part twice at most: as it was, and as a retry that says so.
    for (const each of sent) expect(sent.filter((other) => other === each).length).toBeLessThanOrEqual(2);
    expect(requests.filter(({ attempt }) => attempt === 1).length).toBeGreaterThan(3);
  });

  it("W2.23: stops between two requests while the endpoint is to be left alone", async () => {
    let isPaused = false;
    const judge = refusing("m7");
    const { send, requests, stats } = startSender(
      (request) => {
        isPaused = requests.length === 2;
        return judge(request);
      },
      { isPaused: () => isPaused },
    );
    const pending = pendingWith(gauges(10));
    expect(await send(pending)).toEqual({ kind: "paused" });
    expect(requests).toHaveLength(2);
    expect(await send(pending)).toMatchObject({ kind: "settled" });
    expect(stats()).toMatchObject({ acknowledged: { samples: 9 }, dropped: { bad_request: 1 } });
  });

  it("sends the smaller requests as the message that was refused, so that each is one request", async () => {
    const { send, requests } = startSender(refusing("m3"));
    await send(pendingWith(gauges(10)));
    const [first, ...others] = requests.map(({ message }) => message);
    expect(first).toBeUndefined();
    expect(new Set(others)).toEqual(new Set(["prometheus.WriteRequest"]));
  });

  it("W2.14: does not search where the receiver says what it wrote", async () => {
    const { send, requests, stats } = startSender(() => partialWrite({ samples: 7 }));
    await send(pendingWith(gauges(10)));
    expect(requests).toHaveLength(1);
    expect(stats()).toMatchObject({ acknowledged: { samples: 7 }, dropped: { bad_request: 3 } });
  });

  it("is a drop where queue.bisectOnBadRequest is false", async () => {
    const { send, requests, stats } = startSender(refusing("m3"), { bisectOnBadRequest: false });
    await send(pendingWith(gauges(10)));
    expect(requests).toHaveLength(1);
    expect(stats().dropped).toEqual({ bad_request: 10 });
  });

  it("W1.21: another refusal in the middle is a drop of that part only", async () => {
    const forbidden = { ...refused, reason: "forbidden", status: 403 } as const;
    const { send, stats } = startSender(({ series }) => {
      if (series.length === 100) return refused;
      return series.includes("m0") ? forbidden : acknowledged;
    });
    await send(pendingWith(gauges(100)));
    expect(stats()).toMatchObject({ acknowledged: { samples: 50 }, dropped: { forbidden: 50 } });
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
    expect(requests.length).toBeLessThanOrEqual(2 * 128 + mostRequests(1000));
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
