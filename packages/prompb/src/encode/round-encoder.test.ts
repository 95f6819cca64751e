import { fromBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  emptyHistogram,
  emptySeries,
  oneTimeSeries,
  resolveSymbols,
  roundOf,
} from "../arbitrary.test-support.js";
import { RequestSchema } from "../gen/io/prometheus/write/v2/request_pb.js";
import { WriteRequestSchema } from "../gen/prometheus/write_request_pb.js";
import { toRequest } from "../message/request.js";
import { toWriteRequest } from "../message/write-request.js";
import type { TimeSeries } from "../model/index.js";
import { createRequestEncoder, createWriteRequestEncoder } from "./round-encoder.js";

const usualTime = fc.integer({ min: 1.6e12, max: 1.9e12 });
/** A point of one of the series, and what comes in the collection after it. */
const step = fc.record({
  pick: fc.nat(),
  value: fc.double(),
  nextValue: fc.oneof(fc.double(), fc.constant(NaN)),
  timestamp: fc.oneof({ weight: 9, arbitrary: usualTime }, { weight: 1, arbitrary: fc.integer() }),
  startTimestamp: fc.constantFrom(undefined, 1, 1.6e12),
  hasExemplars: fc.boolean(),
});
/** Mostly the same series again, as in steady state. */
const collections = fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 5 });

type Step = Parameters<Parameters<(typeof step)["map"]>[0]>[0];

function pointOf(pool: readonly TimeSeries[], one: Step, isNext: boolean): TimeSeries[] {
  const series = pool[one.pick % pool.length];
  if (series === undefined) return [];
  const value = isNext ? one.nextValue : one.value;
  const timestamp = isNext ? one.timestamp + 15_000 : one.timestamp;
  const { startTimestamp } = one;
  const samples = series.samples.map(() => ({ value, timestamp, startTimestamp }));
  const histograms = series.histograms.map((histogram) => ({ ...histogram, sum: value, timestamp }));
  return [{ ...series, samples, histograms, exemplars: one.hasExemplars ? series.exemplars : [] }];
}

/** Every collection, followed by another one of the same series. */
function timeSeriesOf(pool: readonly TimeSeries[], steps: readonly Step[][]): TimeSeries[][] {
  return steps.flatMap((collection) =>
    [false, true].map((isNext) =>
      collection
        .flatMap((one) => pointOf(pool, one, isNext))
        .toSorted((a, b) => a.histograms.length - b.histograms.length),
    ),
  );
}

function at(timestamp: number, stale: boolean): TimeSeries {
  return { ...emptySeries, samples: [{ value: 1, timestamp, stale }] };
}

const pool = fc.array(oneTimeSeries, { minLength: 1, maxLength: 6 });

describe("an encoder that keeps the message before", () => {
  it("P1: writes 1.0 as the generated types do, whatever came before", () => {
    fc.assert(
      fc.property(pool, collections, (series, steps) => {
        const encoder = createWriteRequestEncoder();
        for (const timeSeries of timeSeriesOf(series, steps)) {
          const bytes = encoder.encode(roundOf(timeSeries));
          expect(fromBinary(WriteRequestSchema, bytes)).toEqual(toWriteRequest(timeSeries));
        }
      }),
    );
  });

  it("P1: writes 2.0 as the generated types do, whatever came before", () => {
    fc.assert(
      fc.property(pool, collections, (series, steps) => {
        const encoder = createRequestEncoder();
        for (const timeSeries of timeSeriesOf(series, steps)) {
          const decoded = fromBinary(RequestSchema, encoder.encode(roundOf(timeSeries)));
          expect(resolveSymbols(decoded)).toEqual(resolveSymbols(toRequest(timeSeries)));
          expect(new Set(decoded.symbols).size).toBe(decoded.symbols.length);
        }
      }),
    );
  });

  it("encodes a Round the same again, after others, as a retry needs it", () => {
    fc.assert(
      fc.property(pool, collections, (series, steps) => {
        const rounds = timeSeriesOf(series, steps).map(roundOf);
        const encoder = createWriteRequestEncoder();
        const first = rounds.map((round) => encoder.encode(round).slice());
        const again = rounds.toReversed().map((round) => encoder.encode(round).slice());
        expect(again.toReversed()).toEqual(first);
      }),
    );
  });

  it.each([createWriteRequestEncoder, createRequestEncoder])(
    "W1.23, P3: replaces values by stale markers, and back",
    (create) => {
      const encoder = create();
      const hex = (timeSeries: TimeSeries): string =>
        Buffer.from(encoder.encode(roundOf([timeSeries]))).toString("hex");
      expect(hex(at(1.7e12, false))).toContain("09000000000000f03f");
      expect(hex(at(1.7e12 + 1, true))).toContain("09020000000000f07f");
      expect(hex(at(1.7e12 + 2, false))).toContain("09000000000000f03f");
    },
  );

  it("P5: drops symbols that no series uses any more, when a quarter of them is", () => {
    const series = Array.from({ length: 100 }, (_, i) => ({
      ...emptySeries,
      labels: [{ name: "item", value: String(i) }],
      samples: [{ value: 1, timestamp: 1.7e12 }],
    }));
    const encoder = createRequestEncoder();
    const symbolsFor = (count: number): number =>
      fromBinary(RequestSchema, encoder.encode(roundOf(series.slice(0, count)))).symbols.length;
    expect(symbolsFor(100)).toBe(102);
    expect(symbolsFor(76)).toBe(102);
    expect(symbolsFor(74)).toBe(76);
  });

  it("keeps no symbols of exemplars", () => {
    const encoder = createRequestEncoder();
    const symbols = Array.from({ length: 50 }, (_, i) => {
      const exemplars = [{ labels: [{ name: "trace_id", value: String(i) }], value: 1, timestamp: 1 }];
      const round = roundOf([{ ...emptySeries, samples: [{ value: 1, timestamp: 1.7e12 }], exemplars }]);
      return fromBinary(RequestSchema, encoder.encode(round)).symbols.length;
    });
    expect(new Set(symbols)).toEqual(new Set([5]));
  });

  it("keeps no symbols of exemplars that stand between series which come and go", () => {
    const encoder = createRequestEncoder();
    let exemplarCount = 0;
    const sizes = Array.from({ length: 60 }, (_, i) => {
      const timeSeries = Array.from({ length: 40 }, (_each, j) => ({
        ...emptySeries,
        labels: [{ name: "item", value: `series ${i + j}` }],
        samples: [{ value: 1, timestamp: 1.7e12 }],
        exemplars: [
          { labels: [{ name: "trace_id", value: `trace ${exemplarCount++}` }], value: 1, timestamp: 1 },
        ],
      }));
      return fromBinary(RequestSchema, encoder.encode(roundOf(timeSeries))).symbols.length;
    });
    // "", both names, the series, their exemplars, and series that have gone, as many as a third of these.
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3 + 40 + 40 + 14);
  });

  it("P5: drops symbols of histograms that have gone, when a quarter of them is unused", () => {
    const timeSeries = Array.from({ length: 100 }, (_, i) => ({
      ...emptySeries,
      labels: [{ name: "item", value: String(i) }],
      histograms: [emptyHistogram],
    }));
    const encoder = createRequestEncoder();
    const symbolsFor = (count: number): number =>
      fromBinary(RequestSchema, encoder.encode(roundOf(timeSeries.slice(0, count)))).symbols.length;
    expect(symbolsFor(100)).toBe(102);
    expect(symbolsFor(76)).toBe(102);
    expect(symbolsFor(74)).toBe(76);
  });

  it("writes histograms that grow, beside samples that stay", () => {
    const sample = { ...emptySeries, samples: [{ value: 1, timestamp: 1.7e12 }] };
    const labels = [{ name: "a", value: "histogram" }];
    const encoder = createWriteRequestEncoder();
    for (let buckets = 0; buckets < 200; buckets += 20) {
      const positiveDeltas = Array.from({ length: buckets }, (_, i) => i);
      const positiveSpans = buckets === 0 ? [] : [{ offset: 0, length: buckets }];
      const histograms = [{ ...emptyHistogram, positiveDeltas, positiveSpans }];
      const timeSeries = [sample, { ...emptySeries, labels, histograms }];
      const decoded = fromBinary(WriteRequestSchema, encoder.encode(roundOf(timeSeries)));
      expect(decoded).toEqual(toWriteRequest(timeSeries));
    }
  });
});
