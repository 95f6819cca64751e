import type { Series } from "@otel-remote-write/prompb";
import { describe, expect, it } from "vitest";
import { type Batch, createBatch, type SeriesState } from "../batches/batch.js";
import { endedByShutdown, mayHaveArrived } from "./ending-series.js";

const minute = 60_000;

function seriesOf(batch: Batch | undefined, ...names: readonly string[]): Series<SeriesState> {
  const state = { runs: undefined, builder: undefined, lastTimestamp: 1, lastValue: 1, lastIsStale: false };
  return {
    labels: names.map((name) => ({ name, value: "1" })),
    metadata: { type: "gauge", help: "", unit: "", familyName: "m" },
    owned: batch && { batch, ...state },
  };
}

const arrived = { ...createBatch(), hasArrived: true };
const underWay = { ...createBatch(), unsettledRounds: new Set([0]) };
const withInstance = seriesOf(arrived, "__name__", "instance");
const withoutInstance = seriesOf(arrived, "__name__", "job");

describe("endedByShutdown", () => {
  it("auto: ends series with an instance when the process has run for five minutes", () => {
    const isWanted = endedByShutdown("auto", 5 * minute);
    expect([withInstance, withoutInstance].map((series) => isWanted?.(series))).toEqual([true, false]);
    expect(endedByShutdown("auto", 5 * minute - 1)).toBeUndefined();
  });

  it("true: ends all, at any age; false: none", () => {
    const isWanted = endedByShutdown(true, 0);
    expect([withInstance, withoutInstance].map((series) => isWanted?.(series))).toEqual([true, true]);
    expect(endedByShutdown(false, 60 * minute)).toBeUndefined();
  });

  it.each(["auto", true] as const)("%s: ends no series that no receiver has", (staleMarkers) => {
    const isWanted = endedByShutdown(staleMarkers, 5 * minute);
    expect(isWanted?.(seriesOf(createBatch(), "instance"))).toBe(false);
  });
});

it("a series may have arrived with its batch, or may arrive yet", () => {
  expect(
    [undefined, createBatch(), arrived, underWay].map((batch) => mayHaveArrived(seriesOf(batch))),
  ).toEqual([false, false, true, true]);
});
