import { describe, expect, it } from "vitest";
import { customBucketsSchema } from "@otel-remote-write/prompb";
import { translate, type TranslatorOptions } from "../index.js";
import { explicitValue, histogram, metrics, shortName, sparseBuckets } from "../testdata/fixtures.js";
import { vectors } from "../testdata/vectors.js";
import { explicitToNative } from "./custom-buckets-histogram.js";

const times = { timestamp: 2, startTimestamp: 1, stale: false };

describe("native histograms with custom buckets", () => {
  const rows = vectors.explicit_histograms.filter(({ expected }) => expected.schema !== undefined);
  it.each(rows)(
    "TR17, TR18: $id $desc",
    ({ input: { bucketCounts: counts, bounds: boundaries, ...input }, expected, decided }) => {
      const result = explicitToNative(
        { ...input, buckets: { boundaries, counts } },
        { boundaries, counts },
        times,
      );
      const { spans, deltas, customValues, schema, count, sum } = expected;
      const made = "histogram" in result ? result.histogram : undefined;
      const wanted = { schema, count, sum: sum ?? 0, customValues: customValues ?? boundaries, ...decided };
      expect(made).toMatchObject(wanted);
      if (spans === undefined || deltas === undefined) return;
      const buckets = sparseBuckets(made?.positiveSpans ?? [], made?.positiveDeltas ?? []);
      expect(buckets).toEqual(
        sparseBuckets(
          spans.map(([offset, length]) => ({ offset, length })),
          deltas,
        ),
      );
    },
  );

  it.each(vectors.nhcb_bucket_layouts)("TR17: $id $desc", ({ bucketCounts: counts, spans, deltas }) => {
    const boundaries = counts.slice(1).map((_, i) => i);
    const result = explicitToNative(explicitValue(boundaries, counts), { boundaries, counts }, times);
    const made = "histogram" in result ? result.histogram : undefined;
    const buckets = sparseBuckets(made?.positiveSpans ?? [], made?.positiveDeltas ?? []);
    expect(buckets).toEqual(
      sparseBuckets(
        spans.map(([offset, length]) => ({ offset, length })),
        deltas,
      ),
    );
  });

  it.each([
    [undefined, ["h_sum", "h_count", 'h_bucket{le="1"}', 'h_bucket{le="+Inf"}']],
    ["classic", ["h_sum", "h_count", 'h_bucket{le="1"}', 'h_bucket{le="+Inf"}']],
    ["customBuckets", ["h"]],
    ["both", ["h_sum", "h_count", 'h_bucket{le="1"}', 'h_bucket{le="+Inf"}', "h"]],
  ] as const)("TR18: explicitHistograms %s gives %j", (explicitHistograms, names) => {
    const options: TranslatorOptions = { explicitHistograms };
    const { timeSeries } = translate(metrics([histogram("h", [explicitValue([1], [1, 2])])]), options);
    expect(timeSeries.map(shortName)).toEqual(names);
  });

  it.each([
    ["as they are", [1, 2]],
    ["ending in Infinity", [1, 2, Number.POSITIVE_INFINITY]],
  ])(
    "TR18: the schema is the data model's; bounds, given %s, are copied and have no Infinity",
    (_, given) => {
      const boundaries = [...given];
      const input = metrics([histogram("h", [explicitValue(boundaries, [1, 2, 3])])]);
      const [series] = translate(input, { explicitHistograms: "customBuckets" }).timeSeries;
      boundaries[0] = 9;
      expect(series?.histograms[0]).toMatchObject({
        schema: customBucketsSchema,
        count: 6,
        sum: 7,
        zeroCount: 0,
        zeroThreshold: 0,
        negativeSpans: [],
        customValues: [1, 2],
      });
    },
  );

  it("TR14: a point without any buckets has one of everything", () => {
    const input = metrics([histogram("h", [explicitValue([], [], { count: 4 })])]);
    const { timeSeries, warnings } = translate(input, { explicitHistograms: "customBuckets" });
    expect(timeSeries[0]?.histograms[0]).toMatchObject({ count: 4, positiveDeltas: [4], customValues: [] });
    expect(warnings).toEqual([]);
  });
});
