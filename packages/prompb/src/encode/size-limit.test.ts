import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryTimeSeries, emptyHistogram, emptySeries, roundOf } from "../arbitrary.test-support.js";
import type { TimeSeries } from "../model/index.js";
import { createRequestEncoder, createWriteRequestEncoder } from "./round-encoder.js";
import { createSizeLimits } from "./size-limit.js";

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
        const limits = createSizeLimits();
        const limit = round.series.reduce((sum, series) => sum + limits.ofSample(series), 0);
        const metadata = samples.reduce((sum, series) => sum + metadataSize(series), 0);
        expect(createWriteRequestEncoder().encode(round).length).toBeLessThanOrEqual(limit);
        expect(createRequestEncoder().encode(round).length).toBeLessThanOrEqual(
          limit + metadata + emptySymbol,
        );
      }),
    );
  });

  it.each([160, 2000])("hold for native histograms of %i buckets to either side", (length) => {
    const spans = Array.from({ length }, () => ({ offset: 1000, length: 1 }));
    const deltas = Array.from({ length }, (_, i) => (i % 2 === 0 ? 1e9 : -1e9));
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
    const limit = point === undefined ? 0 : createSizeLimits().ofHistogram(point.series, histogram);
    expect(createWriteRequestEncoder().encode(round).length).toBeLessThanOrEqual(limit);
  });

  it("are the same for a series, whichever stood before it", () => {
    const shared = [
      { name: "a", value: "1" },
      { name: "b", value: "22" },
      { name: "c", value: "333" },
    ];
    const series = ["abc", "ac", "abc", "bc", "", "a", "abc"].map((names) =>
      Object.assign({ owned: undefined }, emptySeries, {
        labels: shared.filter(({ name }) => names.includes(name)),
      }),
    );
    const limits = createSizeLimits();
    expect(series.map((each) => limits.ofSample(each))).toEqual(
      series.map((each) => createSizeLimits().ofSample(each)),
    );
  });
});
