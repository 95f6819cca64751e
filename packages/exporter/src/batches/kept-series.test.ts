import { createTranslator, type MetricsInput } from "@otel-remote-write/translator";
import { describe, expect, it } from "vitest";
import { createQueuedRound, type QueuedRound } from "../delivery/queued-round.js";
import { isUsualName } from "../relabel/check-labels.js";
import { createRelabelSink } from "../relabel/relabel-sink.js";
import type { Relabel } from "../relabel/relabel.js";
import type { SeriesState } from "./batch.js";
import { createRoundSink } from "./round-sink.js";

interface Options {
  readonly maxSamplesPerSend?: number;
  readonly intervalMillis?: number;
  readonly relabel?: Relabel;
}

/** Collections of the gauge `m` for some keys, and the Rounds that they become. */
function start({ maxSamplesPerSend = 1, intervalMillis = 60_000, relabel }: Options = {}) {
  const translator = createTranslator<SeriesState>({ targetInfo: false, scopeInfo: false });
  const rounds = createRoundSink({ maxSamplesPerSend, maxBytesPerSend: 1e6 }, () => undefined);
  const sink =
    relabel === undefined ? rounds : createRelabelSink(rounds, relabel, isUsualName, () => undefined);
  let millis = 1_700_000_000_000;

  function collect(...keys: readonly string[]): readonly QueuedRound[] {
    millis += intervalMillis;
    const time = [Math.floor(millis / 1000), (millis % 1000) * 1e6] as const;
    const input: MetricsInput = {
      resource: { attributes: {} },
      scopeMetrics: [
        {
          scope: { name: "test" },
          metrics: [
            {
              descriptor: { name: "m", description: "", unit: "" },
              dataPointType: 2,
              aggregationTemporality: 1,
              dataPoints: keys.map((key) => ({
                attributes: { key },
                startTime: time,
                endTime: time,
                value: 1,
              })),
            },
          ],
        },
      ],
    };
    translator.write(input, sink);
    const queueing = { sequence: 0, queuedMillis: 0, awaitedUntil: undefined, onDelayed: () => undefined };
    return sink.takeRounds().map((round) => createQueuedRound(round, queueing));
  }

  /** Collections that are sent without the series that stay away. */
  function pass(collections: number, ...keys: readonly string[]): void {
    for (let i = 0; i < collections; i++) for (const round of collect(...keys)) round.settle(undefined);
  }

  return { collect, pass, stepClock: (by: number) => void (millis += by) };
}

const withShortKeys: Relabel = (labels) =>
  labels.map(({ name, value }) => ({ name, value: name === "key" ? value.slice(0, 1) : value }));

describe("a series that comes back after more than ten collections", () => {
  it("W1.19: stays in its batch as long as a Round with it is queued", () => {
    const { collect, pass } = start();
    const [queued] = collect("a");
    pass(30, "b");
    expect(collect("a")[0]?.batch).toBe(queued?.batch);
  });

  it("is forgotten when its Rounds are settled, whatever becomes of later ones of the batch", () => {
    const { collect, pass } = start({ maxSamplesPerSend: 2 });
    const [queued] = collect("a", "b");
    pass(15, "c");
    collect("b");
    queued?.settle(undefined);
    pass(1, "c");
    expect(queued?.batch.unsettledRounds.size).toBe(1);
    expect(collect("a")[0]?.batch).not.toBe(queued?.batch);
  });

  it("W1.19: is kept again when it came back in between, and leaves again", () => {
    const { collect, pass } = start();
    const [first] = collect("a");
    pass(15, "b");
    const [second] = collect("a");
    first?.settle(undefined);
    pass(15, "b");
    expect(collect("a")[0]?.batch).toBe(second?.batch);
  });

  it("W1.19: stays in its batch where `relabel` gives its labels to another series", () => {
    const { collect, pass } = start({ relabel: withShortKeys });
    const [queued] = collect("a1");
    pass(30, "b");
    expect(collect("a2")[0]?.batch).toBe(queued?.batch);
  });

  it("W1.18: does not go back where ten collections took less than a second, and the clock was stepped back", () => {
    const { collect, pass, stepClock } = start({ intervalMillis: 50 });
    const [first] = collect("a");
    first?.settle(undefined);
    pass(15, "b");
    stepClock(-1000);
    const before = first?.round.timestamps[0] ?? NaN;
    expect(collect("a")[0]?.round.timestamps[0]).toBe(before + 1);
  });

  it("E10: is forgotten when its last point is more than a second old", () => {
    const { collect, pass } = start({ intervalMillis: 50 });
    const [first] = collect("a");
    first?.settle(undefined);
    pass(25, "b");
    expect(collect("a")[0]?.batch).not.toBe(first?.batch);
  });
});
