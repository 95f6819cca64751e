import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTranslator, type MetricInput, type MetricsInput } from "../index.js";
import {
  counter,
  explicitValue,
  gauge,
  histogram,
  hrTime,
  metrics,
  startMillis,
} from "../testdata/fixtures.js";

// An application's instruments over several collections, with the same objects each time, as the SDK has them. Some
// names are the same once they are translated, so that instruments contest series.
const boundaries = [1, 5];
const instruments = ["requests", "requests_total", "latency", "level", "level."].map((name) => ({
  name,
  unit: "",
  description: "",
}));
const attributes = ["a", "b", "c", "d"].map((route) => ({ route }));
const starts = [hrTime(startMillis), hrTime(startMillis + 5000)];

const pointStep = fc.record({
  value: fc.oneof(fc.nat({ max: 3 }), fc.constant(NaN)),
  counts: fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }),
  isRagged: fc.boolean(),
  isStale: fc.boolean(),
  hasExemplars: fc.boolean(),
  otherStart: fc.boolean(),
});
type PointStep = typeof pointStep extends fc.Arbitrary<infer T> ? T : never;

/** Mostly the same instruments and points again. */
const rare = { freq: 30 };
const collection = fc.record({
  /** Milliseconds after the collection before. */
  after: fc.oneof(
    { weight: 8, arbitrary: fc.constant(1000) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1000) },
  ),
  instruments: fc.oneof(
    { weight: 8, arbitrary: fc.constant<number[]>([0, 1, 2, 3, 4]) },
    { weight: 2, arbitrary: fc.shuffledSubarray([0, 1, 2, 3, 4]) },
  ),
  points: fc.oneof(
    { weight: 8, arbitrary: fc.constant<number[]>([0, 1, 2]) },
    { weight: 2, arbitrary: fc.shuffledSubarray([0, 1, 2, 3]) },
  ),
  contested: fc.boolean(),
  values: fc.array(fc.nat({ max: 3 }), { minLength: 20, maxLength: 20 }),
  odd: fc.option(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 3 }), pointStep), rare),
  description: fc.option(fc.constantFrom("", "described"), rare),
});
type Collection = typeof collection extends fc.Arbitrary<infer T> ? T : never;

function inputOf(step: Collection, endMillis: number, descriptors: typeof instruments): MetricsInput {
  const endTime = hrTime(endMillis);
  let next = 0;
  const pointOf = (instrument: number, index: number) => {
    const usual: PointStep = {
      value: step.values[next % 20] ?? 0,
      counts: [1, 2, step.values[next++ % 20] ?? 0],
      isRagged: false,
      isStale: false,
      hasExemplars: false,
      otherStart: false,
    };
    const { value, counts, isRagged, isStale, hasExemplars, otherStart } =
      step.odd?.[0] === instrument && step.odd[1] === index ? step.odd[2] : usual;
    const exemplar = { value: 1, timestamp: endTime };
    return {
      attributes: attributes[index] ?? {},
      startTime: starts[otherStart === (index === 2) ? 0 : 1],
      endTime,
      value: instrument === 2 ? explicitValue(boundaries, isRagged ? counts.slice(1) : counts) : value,
      ...(isStale && { flags: 1 }),
      ...(hasExemplars && { exemplars: [exemplar] }),
    };
  };
  const makers = [counter, counter, histogram, gauge, gauge];
  // Two pairs of instruments have the same Prometheus name.
  const written = step.instruments.filter((each) => step.contested || [0, 2, 3].includes(each));
  const list: MetricInput[] = [];
  for (const instrument of written) {
    const points = step.points.map((index) => pointOf(instrument, index));
    const metric = makers[instrument]?.("", points);
    const descriptor = descriptors[instrument];
    if (metric !== undefined && descriptor !== undefined) list.push({ ...metric, descriptor });
  }
  return metrics(list, { resource: { "service.name": "shop" } });
}

describe("metrics with the same objects in every collection", () => {
  it("TR27: are translated as new objects with the same content are, whatever came before", () => {
    fc.assert(
      fc.property(fc.array(collection, { minLength: 1, maxLength: 16 }), (collections) => {
        const kept = createTranslator();
        const fresh = createTranslator();
        const descriptors = instruments.map((instrument) => ({ ...instrument }));
        let endMillis = startMillis + 4500;
        for (const step of collections) {
          endMillis += step.after;
          const { description } = step;
          if (description !== null)
            descriptors[3] = { ...instruments[3], name: "level", unit: "", description };
          const input = inputOf(step, endMillis, descriptors);
          const expected = fresh.translate(structuredClone(input));
          expect(kept.translate(input)).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
  });
});
