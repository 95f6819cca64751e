import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acknowledged, partialWrite, refused, retryable } from "../delivery/outcomes.test-support.js";
import { pointsLeft } from "./pending-round.js";
import { classicHistogram, gauges, pendingWith, refusing, startSender } from "./sending.test-support.js";

const mostRequests = (series: number): number => Math.floor(2 * Math.log2(series)) + 8;

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
    [20, 6],
    [5, 8],
    [2, 12],
  ])("finds them also where one of %i series is bad", async (every, rounds) => {
    const isBad = (name: string): boolean => Number(name.slice(1)) % every === 0;
    const { send, requests, stats } = startSender(({ series }) =>
      series.some(isBad) ? refused : acknowledged,
    );
    const series = gauges(600);
    for (let round = 0; round < rounds; round++) {
      const before = requests.length;
      await send(pendingWith(series));
      expect(requests.length - before).toBeLessThanOrEqual(8 * mostRequests(600) + 2);
    }
    const before = requests.length;
    await send(pendingWith(series));
    expect(requests).toHaveLength(before + 1);
    expect(requests[before]?.series).toHaveLength(600 - 600 / every);
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
