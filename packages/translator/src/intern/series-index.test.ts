import type { Label } from "@otel-remote-write/prompb";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createCollections } from "./collections.js";
import { createSeriesIndex } from "./series-index.js";
import { SeriesRecord } from "./series-record.js";

const metadata = { type: "gauge", help: "", unit: "", familyName: "m" } as const;
const collections = createCollections();
const stream = {
  title: "",
  written: undefined,
  isContested: false,
  producer: { collections, resourceCollections: collections },
};
const name: Label = { name: "__name__", value: "m" };

const step = fc.record({
  value: fc.nat({ max: 200 }),
  /** Few, so that label sets meet. */
  hash: fc.constantFrom(0, 1, -1, 63, 2 ** 31 - 1),
  isAdded: fc.boolean(),
});

it("finds what was added and not removed, also where hashes are the same", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), fc.nat({ max: 3 }), (steps, remainder) => {
      const index = createSeriesIndex();
      const expected = new Map<number, SeriesRecord<unknown>>();
      const hashOf = new Map<number, number>();
      const find = (value: number): SeriesRecord<unknown> | undefined =>
        index.find([{ name: "a", value: `${value}` }], name, undefined, hashOf.get(value) ?? 0);
      for (const { value, hash, isAdded } of steps) {
        if (!hashOf.has(value)) hashOf.set(value, hash);
        if (isAdded && !expected.has(value)) {
          const base = [{ name: "a", value: `${value}` }];
          const record = new SeriesRecord(base, name, undefined, metadata, stream);
          expected.set(value, record);
          index.add(record, hashOf.get(value) ?? 0);
        }
        expect(find(value)).toBe(expected.get(value));
      }
      expect(index.size).toBe(expected.size);
      const gone = new Set(
        [...expected].filter(([value]) => value % 4 === remainder).map(([, each]) => each),
      );
      for (const pause of index.removeWhere((record) => gone.has(record))) expect(pause).toBeUndefined();
      for (const [value, record] of expected) expect(find(value)).toBe(gone.has(record) ? undefined : record);
      const left = new Set<unknown>();
      index.forEach((record) => left.add(record));
      expect(new Set(index.values())).toEqual(left);
      expect(left).toEqual(new Set([...expected.values()].filter((record) => !gone.has(record))));
      expect(index.size).toBe(left.size);
    }),
  );
});

it("takes the same labels for the same, wherever they come from", () => {
  const [a, le]: Label[] = [
    { name: "a", value: "1" },
    { name: "le", value: "1" },
  ];
  if (a === undefined || le === undefined) throw new Error();
  const index = createSeriesIndex();
  const bucket = new SeriesRecord([a], name, le, metadata, stream);
  index.add(bucket, 1);
  expect(bucket.labels).toEqual([name, a, le]);
  expect(index.find([a, le], name, undefined, 1)).toBe(bucket);
  expect(index.find([a], name, undefined, 1)).toBeUndefined();
  expect(index.find([a], name, { ...le, value: "2" }, 1)).toBeUndefined();
  expect(index.find([le], name, le, 1)).toBeUndefined();
});
