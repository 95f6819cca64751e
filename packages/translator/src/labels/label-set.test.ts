import { expect, it } from "vitest";
import { equalLabels, hashLabels, toLabelSet, withoutLabel } from "./label-set.js";

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

it("takes a label out, and leaves labels alone that have it not", () => {
  const base = { labels, hash: hashLabels(labels) };
  const [a] = labels;
  expect(withoutLabel(base, "b")).toEqual({ labels: [a], hash: hashLabels([a ?? { name: "", value: "" }]) });
  expect(withoutLabel(base, "c")).toBe(base);
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
