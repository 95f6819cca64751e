import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTranslator, translate, type MetricsInput } from "./index.js";
import { arbitraryMetrics, arbitraryOptions } from "./testdata/arbitrary-metrics.js";
import { explicitValue, histogram, labelsOf, metrics, point } from "./testdata/fixtures.js";
import { nativeProblem } from "./testdata/validate-native.js";

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const runs = { numRuns: 300 };

describe("for any metrics and options", () => {
  it("TR7: labels are sorted by bytes, without repeats, without empty names or values, well-formed", () => {
    fc.assert(
      fc.property(arbitraryMetrics, arbitraryOptions, (input, options) => {
        for (const { labels } of translate(input, options).timeSeries) {
          const names = labels.map(({ name }) => Buffer.from(name));
          for (const [i, name] of names.entries()) {
            expect(name.length).toBeGreaterThan(0);
            expect(Buffer.compare(names[i - 1] ?? Buffer.alloc(0), name)).toBe(-1);
          }
          for (const { name, value } of labels) {
            expect(value).not.toBe("");
            expect((name + value).isWellFormed()).toBe(true);
          }
          expect(labels.filter(({ name }) => name === "__name__")).toHaveLength(1);
        }
      }),
      runs,
    );
  });

  it("TR1, TR2, TR5: escaped names are valid classic names (W1.15)", () => {
    fc.assert(
      fc.property(arbitraryMetrics, arbitraryOptions, (input, options) => {
        const translationStrategy = "UnderscoreEscapingWithSuffixes";
        for (const { labels, metadata } of translate(input, { ...options, translationStrategy }).timeSeries) {
          expect(labelsOf({ labels })["__name__"]).toMatch(metricName);
          expect(metadata.familyName).toMatch(metricName);
          for (const { name } of labels) expect(name).toMatch(labelName);
        }
      }),
      runs,
    );
  });

  it("TR24: each label set is one series, and its times ascend; it has samples or histograms, not both (W2.26)", () => {
    fc.assert(
      fc.property(arbitraryMetrics, arbitraryOptions, (input, options) => {
        const { timeSeries } = translate(input, options);
        expect(new Set(timeSeries.map(({ labels }) => JSON.stringify(labels))).size).toBe(timeSeries.length);
        for (const { samples, histograms } of timeSeries) {
          expect(samples.length === 0).not.toBe(histograms.length === 0);
          const times = [...samples, ...histograms].map(({ timestamp }) => timestamp);
          expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
        }
      }),
      runs,
    );
  });

  it("TR17: native histograms pass the receivers' validation", () => {
    fc.assert(
      fc.property(arbitraryMetrics, arbitraryOptions, (input, options) => {
        for (const { histograms } of translate(input, { ...options, explicitHistograms: "both" })
          .timeSeries) {
          for (const each of histograms) expect(nativeProblem(each)).toBeUndefined();
        }
      }),
      runs,
    );
  });

  it("TR20, TR21: times are integers, start times lie before them, gauges have none", () => {
    fc.assert(
      fc.property(arbitraryMetrics, arbitraryOptions, (input, options) => {
        for (const { samples, histograms, metadata } of translate(input, options).timeSeries) {
          for (const { timestamp, startTimestamp } of [...samples, ...histograms]) {
            expect(timestamp).toSatisfy(Number.isSafeInteger);
            if (startTimestamp === undefined) continue;
            expect(startTimestamp).toSatisfy(Number.isSafeInteger);
            expect(startTimestamp).toBeLessThanOrEqual(timestamp);
            expect(startTimestamp).not.toBe(0);
            expect(metadata.type).not.toBe("gauge");
          }
        }
      }),
      runs,
    );
  });

  it("TR22: the series of a family share one metadata object, and a family has one type", () => {
    fc.assert(
      fc.property(arbitraryMetrics, arbitraryOptions, (input, options) => {
        const families = new Map<string, unknown>();
        for (const { metadata } of translate(input, options).timeSeries) {
          expect(families.get(metadata.familyName) ?? metadata).toBe(metadata);
          families.set(metadata.familyName, metadata);
        }
      }),
      runs,
    );
  });

  it("TR27: cached equals uncached, also for other objects of the same content", () => {
    fc.assert(
      fc.property(arbitraryMetrics, arbitraryOptions, (input, options) => {
        const translator = createTranslator(options);
        const once = translate(input, options);
        for (const again of [input, input, structuredClone(input)]) {
          const { timeSeries, drops, warnings } = translator.translate(again);
          // Other input of the same time counts as another part of the collection: no second target_info.
          const withoutTarget = (list: typeof timeSeries): typeof timeSeries =>
            again === input ? list : list.filter((series) => labelsOf(series)["__name__"] !== "target_info");
          expect({ drops, warnings }).toEqual({ drops: once.drops, warnings: once.warnings });
          expect(withoutTarget(timeSeries)).toEqual(withoutTarget(once.timeSeries));
        }
      }),
      runs,
    );
  });

  it("TR27: input is never changed", () => {
    fc.assert(
      fc.property(arbitraryMetrics, arbitraryOptions, (input, options) => {
        const frozen = deepFreeze(structuredClone(input));
        expect(translate(frozen, options)).toEqual(translate(input, options));
      }),
      runs,
    );
  });
});

it("TR13: buckets rise with their bounds, and +Inf is the count", () => {
  const boundaries = fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 20 });
  fc.assert(
    fc.property(boundaries, fc.array(fc.nat({ max: 1000 }), { maxLength: 22 }), (bounds, counts) => {
      const sorted = [...new Set(bounds.map((bound) => bound + 0))].toSorted((a, b) => a - b);
      const { timeSeries } = translate(metrics([histogram("h", [explicitValue(sorted, counts)])]));
      const total = counts.reduce((sum, count) => sum + count, 0);
      const buckets = timeSeries.slice(2).map((series) => ({
        le: labelsOf(series)["le"] ?? "",
        value: series.samples[0]?.value ?? Number.NaN,
      }));
      expect(timeSeries[1]?.samples[0]?.value).toBe(total);
      expect(buckets.at(-1)).toEqual({ le: "+Inf", value: total });
      for (const [i, { le, value }] of buckets.slice(0, -1).entries()) {
        expect(Number(le)).toBe(sorted[i]);
        expect(value).toBeLessThanOrEqual(buckets[i + 1]?.value ?? Number.NaN);
      }
    }),
  );
});

describe("TR29: nothing throws, whatever it is given", () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withSparseArray: true,
    withNullPrototype: true,
  });

  it("in place of the metrics", () => {
    fc.assert(
      fc.property(anything, (input) => {
        expect(translate(input as MetricsInput).timeSeries).toEqual([]);
      }),
      runs,
    );
  });

  it("in place of any part of them", () => {
    const part = {
      resource: anything,
      attributes: anything,
      descriptor: anything,
      value: anything,
      time: anything,
    };
    const type = fc.integer({ min: -1, max: 5 });
    fc.assert(
      fc.property(
        fc.record({ ...part, type }),
        fc.boolean(),
        ({ resource, descriptor, type: dataPointType, ...rest }, named) => {
          const { attributes, value, time } = rest;
          const each = { attributes, value, endTime: time, startTime: time, flags: value, exemplars: value };
          const sound = { ...point(1), value };
          const odd = {
            descriptor: named ? { name: "m" } : descriptor,
            dataPointType,
            aggregationTemporality: 1,
            dataPoints: [each, sound],
          };
          const input = {
            resource: { attributes: resource },
            scopeMetrics: [{ scope: { name: "s", attributes }, metrics: [odd] }],
          };
          const { drops, timeSeries } = translate(input as unknown as MetricsInput);
          for (const { reason, detail } of drops) expect(reason + detail).toMatch(/^[a-z_]+./);
          for (const { samples } of timeSeries) {
            for (const { timestamp } of samples) expect(timestamp).toSatisfy(Number.isSafeInteger);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
  return value;
}
