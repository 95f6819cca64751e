import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryTimeSeries, emptyHistogram, emptySeries, roundOf } from "../arbitrary.test-support.js";
import type { TimeSeries } from "../model/index.js";
import { createRequestEncoder, createWriteRequestEncoder } from "./round-encoder.js";
import { histogramSizeLimit, sampleSizeLimit } from "./size-limit.js";

/** What may be longer for 2.0. */
const emptySymbol = 2;
function metadataSize({ metadata }: TimeSeries): number {
  return 30 + 3 * (metadata.help.length + metadata.unit.length);
}

describe("P7: limits of sizes", () => {
  it("hold for samples in both messages", () => {
    fc.assert(
      fc.property(arbitraryTimeSeries, (timeSeries) => {
        const samples = timeSeries.filter(({ samples: points }) => points.length > 0);
        const round = roundOf(samples.map((series) => ({ ...series, exemplars: [] })));
        const limit = round.series.reduce((sum, series) => sum + sampleSizeLimit(series), 0);
        const metadata = samples.reduce((sum, series) => sum + metadataSize(series), 0);
        expect(createWriteRequestEncoder().encode(round).length).toBeLessThanOrEqual(limit);
        expect(createRequestEncoder().encode(round).length).toBeLessThanOrEqual(
          limit + metadata + emptySymbol,
        );
      }),
    );
  });

  it("hold for native histograms of 160 buckets to either side", () => {
    const spans = Array.from({ length: 160 }, () => ({ offset: 1000, length: 1 }));
    const deltas = Array.from({ length: 160 }, (_, i) => (i % 2 === 0 ? 1e9 : -1e9));
    const histogram = {
      ...emptyHistogram,
      count: 1e15,
      sum: 1.5,
      positiveSpans: spans,
      positiveDeltas: deltas,
      negativeSpans: spans,
      negativeDeltas: deltas,
    };
    const round = roundOf([{ ...emptySeries, histograms: [histogram] }]);
    const [point] = round.histograms;
    const limit = point === undefined ? 0 : histogramSizeLimit(point.series);
    expect(createWriteRequestEncoder().encode(round).length).toBeLessThanOrEqual(limit);
  });
});
