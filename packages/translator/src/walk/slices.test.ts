import { expect, it } from "vitest";
import { createTranslator } from "../index.js";
import { counter, metrics, point } from "../testdata/fixtures.js";
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

it("writeInSlices does not stop for series that are known", () => {
  const translator = createTranslator();
  translator.translate(manySeries);
  const again = translator.writeInSlices(structuredClone(manySeries), createTimeSeriesSink());
  expect(again.next().done).toBe(true);
});

it("writeInSlices counts the new series of all metrics together", () => {
  const few = Array.from({ length: 50 }, (_, item) => point(item, { item }));
  const manyMetrics = metrics(Array.from({ length: 40 }, (_, i) => counter(`requests_${i}`, few)));
  const slices = createTranslator().writeInSlices(manyMetrics, createTimeSeriesSink());
  let turns = 0;
  while (slices.next().done !== true) turns++;
  expect(turns).toBeGreaterThan(3);
});
