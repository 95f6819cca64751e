import type { SeriesBlock } from "@otel-remote-write/prompb";
import { describe, expect, it } from "vitest";
import { createTranslator, type MetricsInput, type PointSink } from "../index.js";
import {
  counter,
  explicitValue,
  histogram,
  hrTime,
  metrics,
  shortName,
  startMillis,
} from "../testdata/fixtures.js";

const descriptor = { name: "requests", unit: "", description: "" };
const attributes = [{ route: "a" }, { route: "b" }];
const boundaries = [1];
const startTime = hrTime(startMillis);

function requests(seconds: number, values: readonly number[]): MetricsInput {
  const endTime = hrTime(startMillis + 1000 * seconds);
  const points = values.map((value, i) => ({ attributes: attributes[i] ?? {}, startTime, endTime, value }));
  return metrics([{ ...counter("", points), descriptor }]);
}

/** A sink that tells what it gets, and which blocks. */
function createLog() {
  const lines: string[] = [];
  const blocks = new Set<SeriesBlock>();
  const sink: PointSink = {
    sample: (series, value) => void lines.push(`${shortName(series)} ${value}`),
    staleMarker: (series) => void lines.push(`${shortName(series)} stale`),
    histogram: (series) => void lines.push(`${shortName(series)} native`),
    exemplar: () => void lines.push("exemplar"),
    block(block, values, timestamp) {
      blocks.add(block);
      const all = block.series.map((series, i) => `${shortName(series)} ${values[i]}`);
      lines.push(`block @${(timestamp - startMillis) / 1000}: ${all.join(", ")}`);
    },
  };
  return { sink, blocks, take: () => lines.splice(0) };
}

describe("blocks", () => {
  it("come from the second collection on, one object as long as the points are the same", () => {
    const { sink, blocks, take } = createLog();
    const translator = createTranslator();
    translator.write(requests(1, [1, 2]), sink);
    expect(take()).toEqual(['requests_total{route="a"} 1', 'requests_total{route="b"} 2']);
    translator.write(requests(2, [3, 4]), sink);
    translator.write(requests(3, [5, 6]), sink);
    expect(take()).toEqual([
      'block @2: requests_total{route="a"} 3, requests_total{route="b"} 4',
      'block @3: requests_total{route="a"} 5, requests_total{route="b"} 6',
    ]);
    expect(blocks.size).toBe(1);
    expect([...blocks][0]?.startTimestamps).toEqual(Float64Array.of(startMillis, startMillis));
  });

  it("end when a point is added, and come back", () => {
    const { sink, take } = createLog();
    const translator = createTranslator();
    translator.write(requests(1, [1]), sink);
    translator.write(requests(2, [2]), sink);
    take();
    translator.write(requests(3, [3, 1]), sink);
    expect(take()).toEqual(['requests_total{route="a"} 3', 'requests_total{route="b"} 1']);
    translator.write(requests(4, [4, 2]), sink);
    expect(take()).toEqual(['block @4: requests_total{route="a"} 4, requests_total{route="b"} 2']);
  });

  it("hold all series of histograms", () => {
    const { sink, take } = createLog();
    const translator = createTranslator();
    const latency = { name: "latency", unit: "s", description: "" };
    const input = (seconds: number, counts: readonly number[]): MetricsInput => {
      const endTime = hrTime(startMillis + 1000 * seconds);
      const value = explicitValue(boundaries, counts);
      const point = { attributes: attributes[0] ?? {}, startTime, endTime, value };
      return metrics([{ ...histogram("", [point]), descriptor: latency }]);
    };
    translator.write(input(1, [1, 1]), sink);
    take();
    translator.write(input(2, [2, 3]), sink);
    const [line] = take();
    expect(line).toBe(
      "block @2: " +
        [
          '_sum{route="a"} 7',
          '_count{route="a"} 5',
          '_bucket{le="1",route="a"} 2',
          '_bucket{le="+Inf",route="a"} 5',
        ]
          .map((series) => `latency_seconds${series}`)
          .join(", "),
    );
  });

  it("TR27: have the values that are written one by one, also where sums are null, come and go", () => {
    const translator = createTranslator();
    const latency = { name: "latency", unit: "s", description: "" };
    const input = (seconds: number, counts: readonly number[], sum: number | undefined): MetricsInput => {
      const endTime = hrTime(startMillis + 1000 * seconds);
      const points = attributes.map((each) => {
        const value = { count: 5, sum, buckets: { boundaries, counts } };
        return { attributes: each, startTime, endTime, value };
      });
      return metrics([{ ...histogram("", points), descriptor: latency }]);
    };
    // What the type forbids, and JSON has.
    const none = null as unknown as undefined;
    const sums = [none, none, none, 1, 2, undefined, undefined, 3, 4, none];
    for (const [i, sum] of sums.entries()) {
      const collection = input(i + 1, [i, 2 * i], sum);
      expect(translator.translate(collection)).toEqual(createTranslator().translate(collection));
    }
  });

  it("keep their series, and series that left them stay for ten collections", () => {
    const { sink, blocks, take } = createLog();
    const translator = createTranslator();
    for (let second = 1; second <= 30; second++) translator.write(requests(second, [second, second]), sink);
    const [block] = blocks;
    const [, gone] = block?.series ?? [];
    take();
    for (let second = 31; second <= 39; second++) translator.write(requests(second, [second]), sink);
    take();
    const series: unknown[] = [];
    translator.write(requests(40, [40, 40]), { ...sink, sample: (each) => void series.push(each) });
    expect(series[1]).toBe(gone);
    for (let second = 41; second <= 52; second++) translator.write(requests(second, [second]), sink);
    translator.write(requests(53, [53, 53]), { ...sink, sample: (each) => void series.push(each) });
    expect(series).toHaveLength(4);
    expect(series[3]).not.toBe(gone);
  });

  it("keep their series in the table while others leave it", () => {
    const { sink, blocks } = createLog();
    const translator = createTranslator();
    const other = counter("other", [1]);
    const [first] = requests(1, [1, 1]).scopeMetrics;
    translator.write(metrics([...(first?.metrics ?? []), other]), sink);
    for (let second = 2; second <= 30; second++) translator.write(requests(second, [second, second]), sink);
    const [block] = blocks;
    const series: unknown[] = [];
    const clone = structuredClone(requests(31, [31, 31]));
    translator.write(clone, { ...sink, sample: (each) => void series.push(each) });
    expect(series).toEqual(block?.series);
    expect(series[0]).toBe(block?.series[0]);
  });

  it("leave each series its own attributes object, also one that was changed after it was recorded", () => {
    const translator = createTranslator();
    const changed = { route: "a" };
    const latency = { name: "latency", unit: "s", description: "" };
    const input = (seconds: number, objects: readonly { route: string }[]): MetricsInput => {
      const times = { startTime, endTime: hrTime(startMillis + 1000 * seconds) };
      const points = objects.map((each) => ({ attributes: each, ...times, value: seconds }));
      const histograms = points.map((point) => ({
        ...point,
        value: explicitValue(boundaries, [seconds, 0]),
      }));
      return metrics([
        { ...counter("", points), descriptor },
        { ...histogram("", histograms), descriptor: latency },
      ]);
    };
    for (let second = 1; second <= 3; second++) translator.translate(input(second, [changed]));
    changed.route = "b";
    const { timeSeries, drops } = translator.translate(input(4, [changed, changed]));
    expect(timeSeries.map(({ labels, samples }) => `${shortName({ labels })} ${samples[0]?.value}`)).toEqual([
      'requests_total{route="a"} 4',
      'latency_seconds_sum{route="a"} 7',
      'latency_seconds_count{route="a"} 4',
      'latency_seconds_bucket{le="1",route="a"} 4',
      'latency_seconds_bucket{le="+Inf",route="a"} 4',
    ]);
    expect(drops.map(({ reason }) => reason)).toEqual(["mutated_attributes", "mutated_attributes"]);
  });

  it("TR24: are written once where a metric comes twice", () => {
    const { sink, take } = createLog();
    const translator = createTranslator();
    for (let second = 1; second <= 3; second++) {
      const [scope] = requests(second, [second]).scopeMetrics;
      const [metric] = scope?.metrics ?? [];
      if (metric !== undefined) translator.write(metrics([metric, ...(second === 3 ? [metric] : [])]), sink);
    }
    expect(take()).toEqual([
      'requests_total{route="a"} 1',
      'block @2: requests_total{route="a"} 2',
      'block @3: requests_total{route="a"} 3',
    ]);
  });
});
