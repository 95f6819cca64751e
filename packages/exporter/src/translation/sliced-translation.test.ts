import { createTranslator, type MetricsInput } from "@otel-remote-write/translator";
import { expect, it } from "vitest";
import { createRoundSink } from "../batches/round-sink.js";
import { createSlicedTranslation } from "./sliced-translation.js";

const endTime: [number, number] = [1_700_000_000, 0];

function counters(count: number): MetricsInput {
  return {
    resource: { attributes: {} },
    scopeMetrics: [
      {
        scope: { name: "" },
        metrics: [
          {
            descriptor: { name: "orders", description: "", unit: "" },
            dataPointType: 3,
            aggregationTemporality: 1,
            isMonotonic: true,
            dataPoints: Array.from({ length: count }, (_, item) => ({
              attributes: { item },
              startTime: endTime,
              endTime,
              value: 1,
            })),
          },
        ],
      },
    ],
  };
}

/** A clock that every look at it moves on, and turns that are taken by hand. */
function start(millisPerLook: number) {
  let now = 0;
  const turns: (() => void)[] = [];
  const translation = createSlicedTranslation(
    createTranslator(),
    createRoundSink({ maxSamplesPerSend: 2000, maxBytesPerSend: 3e6 }, () => {}),
    {
      now: () => 0,
      monotonic: () => (now += millisPerLook),
      nextTurn: (callback) => void turns.push(callback),
    },
    false,
  );
  const samples: number[] = [];
  translation.start(counters(1000), ({ rounds }) => {
    for (const { round } of rounds) samples.push(round.sampleCount);
  });
  return { turns, samples, translation };
}

it("lets the event loop run after some milliseconds, however many series they were enough for", () => {
  for (const [millisPerLook, expected] of [
    [0, 0],
    [1, 6],
    [3, 20],
    [100, 20],
  ] as const) {
    const { turns, samples } = start(millisPerLook);
    let taken = 0;
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
      expect(samples).toEqual([]);
      taken++;
      turn();
    }
    expect(taken).toBe(expected);
    expect(samples).toEqual([1000]);
  }
});

it("ends what is left at once when asked", () => {
  const { turns, samples, translation } = start(100);
  translation.finish();
  expect(samples).toEqual([1000]);
  for (const turn of turns) turn();
  expect(samples).toEqual([1000]);
});
