import type { Metadata, Series } from "@otel-remote-write/prompb";
import { describe, expect, it } from "vitest";
import {
  addHistogram,
  addSample,
  createRoundBuilder,
  emptyShape,
  finishRound,
} from "../batches/round-builder.js";
import { createFamilyTable } from "./family-table.js";

function family(familyName: string, help = ""): Metadata {
  return { type: "gauge", help, unit: "", familyName };
}

function seriesOf(metadata: Metadata): Series {
  return { labels: [{ name: "__name__", value: metadata.familyName }], metadata, owned: undefined };
}

function roundOf(...series: readonly Series[]) {
  const builder = createRoundBuilder(emptyShape);
  for (const each of series) addSample(builder, each, 1, 1000, 0);
  return finishRound(builder);
}

function histogramRoundOf(series: Series) {
  const builder = createRoundBuilder(emptyShape);
  const buckets = { positiveSpans: [], positiveDeltas: [], negativeSpans: [], negativeDeltas: [] };
  const numbers = { count: 0, sum: 0, schema: 0, zeroThreshold: 0, zeroCount: 0, timestamp: 1000 };
  addHistogram(builder, series, { ...numbers, ...buckets });
  return finishRound(builder);
}

describe("the table of families", () => {
  const [a, b] = [family("a"), family("b")];

  it("gives each family once, of samples and native histograms", () => {
    const table = createFamilyTable();
    expect(table.add(roundOf(seriesOf(a), seriesOf(b), seriesOf(a)))).toEqual([a, b]);
    expect(table.add(roundOf(seriesOf(b), seriesOf(a)))).toEqual([]);
    const native = family("native");
    expect(table.add(histogramRoundOf(seriesOf(native)))).toEqual([native]);
    expect(table.all()).toEqual([a, b, native]);
  });

  it("gives a family again that is described anew", () => {
    const table = createFamilyTable();
    table.add(roundOf(seriesOf(a)));
    const again = family("a", "now with a description");
    expect(table.add(roundOf(seriesOf(again)))).toEqual([again]);
    expect(table.all()).toEqual([again]);
  });

  it("looks once at series that Rounds share, until all are sent", () => {
    const table = createFamilyTable();
    const series = seriesOf(a);
    const round = roundOf(series);
    table.add(round);
    Object.assign(series, { metadata: b });
    expect(table.add(round)).toEqual([]);
    table.all();
    expect(table.add(round)).toEqual([b]);
  });

  it("forgets families that were not seen for ten times", () => {
    const table = createFamilyTable();
    const [gone, stays] = [roundOf(seriesOf(a)), roundOf(seriesOf(b))];
    table.add(gone);
    const sent = Array.from({ length: 12 }, () => {
      table.add(stays);
      return table.all().length;
    });
    expect(sent).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1]);
    expect(table.add(gone)).toEqual([a]);
  });
});
