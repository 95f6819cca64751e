import fc from "fast-check";
import { expect, it } from "vitest";
import { createLabelSetMap, type Labelled } from "./label-set-map.js";

interface Item extends Labelled<Item> {
  readonly id: number;
}

const step = fc.record({
  value: fc.nat({ max: 8 }),
  /** Few, so that label sets meet. */
  hash: fc.nat({ max: 2 }),
  adds: fc.boolean(),
});

it("finds what was added and not deleted, also where hashes are the same", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const map = createLabelSetMap<Item>();
      const expected = new Map<string, Item>();
      let id = 0;
      for (const { value, hash, adds } of steps) {
        const key = `${value} ${hash}`;
        const known = expected.get(key);
        if (adds && known === undefined) {
          const item: Item = { id: id++, labels: [{ name: "a", value: key }], hash, next: undefined };
          expected.set(key, item);
          map.add(item);
        } else if (!adds && known !== undefined) {
          expected.delete(key);
          map.delete(known);
        }
        expect(map.get([{ name: "a", value: key }], hash)).toBe(expected.get(key));
      }
      expect(map.size).toBe(expected.size);
      expect(new Set(map.values())).toEqual(new Set(expected.values()));
      // A sweep deletes while it walks.
      for (const item of map.values()) if (item.id % 2 === 0) map.delete(item);
      const odd = [...expected.values()].filter((item) => item.id % 2 === 1);
      expect(new Set(map.values())).toEqual(new Set(odd));
    }),
  );
});
