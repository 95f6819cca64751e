import fc from "fast-check";
import { expect, it } from "vitest";
import { sortLabels } from "../labels/label-set.js";
import { completeLabels } from "./series-record.js";

const names = fc.uniqueArray(
  fc.constantFrom("A", "_", "__name", "__names__", "a", "le2", "l", "z", "é", "\u{1f600}"),
  {
    maxLength: 6,
  },
);

it("W1.13: labels are complete and sorted, whatever stands beside the name", () => {
  const name = { name: "__name__", value: "m" };
  fc.assert(
    fc.property(names, fc.constantFrom(undefined, "le", "quantile", "Z"), (base, more) => {
      const sorted = sortLabels(base.map((each) => ({ name: each, value: "1" })));
      const label = more === undefined ? undefined : { name: more, value: "0.5" };
      const all = [...sorted, name, ...(label === undefined ? [] : [label])];
      expect(completeLabels(sorted, name, label)).toEqual(sortLabels(all));
    }),
  );
});
