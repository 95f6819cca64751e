import { expect, it } from "vitest";
import { equalLabels, hashLabels, toLabelSet, withLabel, withoutLabel } from "./label-set.js";

const labels = toLabelSet(
  new Map([
    ["b", "2"],
    ["a", "1"],
    ["empty", ""],
    ["", "nameless"],
  ]),
);

it("TR7: labels are sorted, and those without name or value vanish", () => {
  expect(labels).toEqual([
    { name: "a", value: "1" },
    { name: "b", value: "2" },
  ]);
});

it.each([
  ["A", ["A", "a", "b"]],
  ["aa", ["a", "aa", "b"]],
  ["c", ["a", "b", "c"]],
])("TR7: %s is put where it belongs, and taken out again", (name, names) => {
  const more = withLabel(labels, { name, value: "new" });
  expect(more.map((label) => label.name)).toEqual(names);
  expect(more.find((label) => label.name === name)?.value).toBe("new");
  const less = withoutLabel({ labels: more, hash: hashLabels(more) }, name);
  expect(less).toEqual({ labels, hash: hashLabels(labels) });
  expect(withoutLabel(less, name)).toBe(less);
});

it("tells label sets apart whose texts run into each other", () => {
  const sets = [
    [["a", "b1:c"]],
    [
      ["a", "b"],
      ["c", ""],
    ],
    [["a1:b", "c"]],
    [["ab", "c"]],
    [["a", "bc"]],
  ].map((pairs) => pairs.map(([name = "", value = ""]) => ({ name, value })));
  expect(new Set(sets.map(hashLabels)).size).toBe(sets.length);
  for (const one of sets) {
    for (const other of sets) expect(equalLabels(one, structuredClone(other))).toBe(one === other);
  }
});
