import { describe, expect, it } from "vitest";
import { createTranslator, type MetricsInput, type Translator } from "../index.js";
import { counter, hrTime, metrics, point, startMillis } from "../testdata/fixtures.js";
import { createTimeSeriesSink } from "../sink/time-series-sink.js";

const manySeries = metrics([
  counter(
    "requests",
    Array.from({ length: 2000 }, (_, item) => point(item, { item })),
  ),
  counter(
    "orders",
    [1, 2, 3].map((item) => point(item, { item })),
  ),
]);

it("writeInSlices gives what write gives, in between which other work can be done", () => {
  const expected = createTranslator().translate(manySeries);
  const sink = createTimeSeriesSink();
  const slices = createTranslator().writeInSlices(manySeries, sink);
  let turns = 0;
  for (let result = slices.next(); result.done !== true; result = slices.next()) {
    turns++;
    const { length } = sink.timeSeries();
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(expected.timeSeries.length);
  }
  expect(turns).toBeGreaterThan(3);
  expect(sink.timeSeries()).toEqual(expected.timeSeries);
});

function turnsOf(translator: Translator, input: MetricsInput): number {
  let turns = 0;
  const slices = translator.writeInSlices(input, createTimeSeriesSink());
  while (slices.next().done !== true) turns++;
  return turns;
}

describe("writeInSlices with series that are known", () => {
  const count = 20_000;
  const descriptors = Array.from({ length: 40 }, (_, i) => ({ name: `m${i}`, unit: "", description: "" }));
  const attributes = Array.from({ length: count / 40 }, (_, item) => ({ item }));

  /** The same objects in each collection, as the SDK has them, so that the metrics are written as blocks. */
  function collection(seconds: number, size = descriptors.length) {
    const endTime = hrTime(startMillis + seconds * 1000);
    const points = attributes.map((each) => point(seconds, each, { endTime }));
    const list = descriptors
      .slice(0, size)
      .map((descriptor) => Object.assign(counter("", points), { descriptor }));
    return metrics(list);
  }

  it.each([
    ["one by one", (input: MetricsInput) => structuredClone(input)],
    ["in blocks", (input: MetricsInput) => input],
  ])("stops now and then, but seldom: %s", (_, inputOf) => {
    const translator = createTranslator();
    translator.translate(collection(1));
    for (const seconds of [2, 3, 4]) {
      const turns = turnsOf(translator, inputOf(collection(seconds)));
      expect(turns).toBeGreaterThan(5);
      expect(turns).toBeLessThan(20);
    }
  });

  it("does not stop where they are few", () => {
    const translator = createTranslator();
    translator.translate(collection(1, 2));
    expect(turnsOf(translator, collection(2, 2))).toBe(0);
  });

  it("stops while it forgets those that stay away", () => {
    const translator = createTranslator();
    translator.translate(collection(1));
    for (let seconds = 2; seconds < 10; seconds++) translator.translate(collection(seconds, 1));
    const turns = [10, 11, 12, 13].map((seconds) => turnsOf(translator, collection(seconds, 1)));
    expect(Math.max(...turns)).toBeGreaterThan(5);
  });
});

it("writeInSlices counts the new series of all metrics together", () => {
  const few = Array.from({ length: 50 }, (_, item) => point(item, { item }));
  const manyMetrics = metrics(Array.from({ length: 40 }, (_, i) => counter(`requests_${i}`, few)));
  const slices = createTranslator().writeInSlices(manyMetrics, createTimeSeriesSink());
  let turns = 0;
  while (slices.next().done !== true) turns++;
  expect(turns).toBeGreaterThan(3);
});
