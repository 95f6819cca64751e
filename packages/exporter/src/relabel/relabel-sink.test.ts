import type { Series, SeriesBlock } from "@otel-remote-write/prompb";
import { expect, it } from "vitest";
import type { SeriesState } from "../batches/batch.js";
import type { RoundSink } from "../batches/round-sink.js";
import { isUsualName } from "./check-labels.js";
import type { Relabel } from "./relabel.js";
import { createRelabelSink } from "./relabel-sink.js";

function seriesOf(k: string): Series<SeriesState> {
  const labels = [
    { name: "__name__", value: "m" },
    { name: "k", value: k },
  ];
  return { labels, metadata: { type: "gauge", help: "", unit: "", familyName: "m" }, owned: undefined };
}

function textOf({ labels }: Series): string {
  return labels.map(({ name, value }) => `${name}=${value}`).join(",");
}

/** A sink that notes what it gets. */
function createSink(relabel: Relabel): { sink: RoundSink; got: string[]; drops: string[] } {
  const got: string[] = [];
  const drops: string[] = [];
  const inner = {
    sample: (series: Series, value: number) => void got.push(`${textOf(series)} ${value}`),
    block: ({ series, startTimestamps }: SeriesBlock, values: Float64Array) => {
      got.push(
        `block ${series.map((each, i) => `${textOf(each)} ${values[i]}@${startTimestamps[i]}`).join(" ")}`,
      );
    },
    exemplar: (series: Series) => void got.push(`exemplar ${textOf(series)}`),
    takeRounds: () => [],
    keeps: () => false,
  } as unknown as RoundSink;
  const sink = createRelabelSink(inner, relabel, isUsualName, (reason) => void drops.push(reason));
  return { sink, got, drops };
}

const withoutK: Relabel = (labels) => labels.filter(({ name }) => name !== "k");
const withoutX: Relabel = (labels) => (labels.some(({ value }) => value === "x") ? undefined : labels);

it("lets another series have the labels of one that has been gone for ten rounds", () => {
  const { sink, got, drops } = createSink(withoutK);
  const [a, b] = [seriesOf("a"), seriesOf("b")];
  sink.sample(a, 1, 0, 0);
  for (let round = 0; round < 11; round++) {
    sink.sample(b, 2, round, 0);
    sink.takeRounds();
  }
  expect(got).toEqual(["__name__=m 1"]);
  expect(drops).toHaveLength(11);
  sink.sample(b, 2, 11, 0);
  expect(got).toEqual(["__name__=m 1", "__name__=m 2"]);
  expect([sink.sentAs(a), sink.sentAs(b)].map((series) => series && textOf(series))).toEqual([
    undefined,
    "__name__=m",
  ]);
  sink.sample(a, 3, 12, 0);
  expect(drops).toHaveLength(12);
});

it("takes out of a block what is left out, and leaves one alone that is not changed", () => {
  const { sink, got, drops } = createSink(withoutX);
  const series = ["w", "x", "y"].map(seriesOf);
  const block = { series, startTimestamps: Float64Array.of(1, 2, 3), owned: undefined };
  for (const value of [1, 2]) sink.block?.(block, Float64Array.of(value, 9, value), 0);
  expect(got).toEqual([1, 2].map((value) => `block __name__=m,k=w ${value}@1 __name__=m,k=y ${value}@3`));
  expect(drops).toEqual(["relabel", "relabel"]);
  expect(series.map((each) => sink.sentAs(each))).toEqual([series[0], undefined, series[2]]);
});

it("writes a block one by one where series of it have the labels of others", () => {
  const { sink, got, drops } = createSink(withoutK);
  const block = {
    series: ["a", "b"].map(seriesOf),
    startTimestamps: Float64Array.of(1, 2),
    owned: undefined,
  };
  sink.block?.(block, Float64Array.of(1, 2), 0);
  expect(got).toEqual(["__name__=m 1"]);
  expect(drops).toEqual(["duplicate_series"]);
});

it("leaves out the exemplars of what is left out", () => {
  const { sink, got } = createSink(withoutX);
  for (const series of ["x", "y"].map(seriesOf)) {
    sink.sample(series, 1, 0, 0);
    sink.exemplar(series, { labels: [], value: 1, timestamp: 0 });
  }
  expect(got).toEqual(["__name__=m,k=y 1", "exemplar __name__=m,k=y"]);
});

it("follows when a series is described anew", () => {
  const { sink } = createSink((labels) => [...labels, { name: "z", value: "1" }]);
  const series = { ...seriesOf("a") };
  sink.sample(series, 1, 0, 0);
  const metadata = { type: "gauge", help: "new", unit: "", familyName: "m" } as const;
  (series as { metadata: object }).metadata = metadata;
  expect(sink.sentAs(series)?.metadata).toBe(metadata);
});
