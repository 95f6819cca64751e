import { expect, it } from "vitest";
import type { ConfigNode } from "./config-node.js";
import { createProblems } from "./problems.js";
import { readYaml } from "./read-yaml.js";

function read(text: string): { node: ConfigNode | undefined; errors: readonly string[] } {
  const problems = createProblems();
  const node = readYaml({ name: "file.yml", folder: "/", text }, problems);
  return { node, errors: problems.errors };
}

/** Nodes as plain values. */
function plain(node: ConfigNode | undefined): unknown {
  if (node?.kind === "scalar") return node.text;
  if (node?.kind === "sequence") return node.items.map(plain);
  if (node?.kind !== "mapping") return undefined;
  return Object.fromEntries(Array.from(node.entries, ([key, { value }]) => [key, plain(value)]));
}

it("takes every value for the text that is written", () => {
  const text = "a: 0123\nb: yes\nc: 1e3\nd: '5'\ne: 2001-01-01\nf: |\n  x\n  y\n";
  expect(plain(read(text).node)).toEqual({
    a: "0123",
    b: "yes",
    c: "1e3",
    d: "5",
    e: "2001-01-01",
    f: "x\ny\n",
  });
});

it("takes null for left out, and quoted words for text", () => {
  expect(plain(read("a:\nb: ~\nc: null\nd: 'null'\ne: ''").node)).toEqual({ d: "null", e: "" });
});

it("resolves aliases and merge keys, what is written in place going first", () => {
  const text = "a: &a {x: 1, y: 2}\nb: *a\nc:\n  y: 3\n  <<: *a\nd:\n  <<: [{x: 5}, *a]\n";
  const a = { x: "1", y: "2" };
  expect(plain(read(text).node)).toEqual({ a, b: a, c: { x: "1", y: "3" }, d: { x: "5", y: "2" } });
});

it("knows the lines of keys and values", () => {
  const { node } = read("# comment\n\na:\n  - x\n  -\n    b: y\n");
  const a = node?.kind === "mapping" ? node.entries.get("a") : undefined;
  expect(a?.place.line).toBe(3);
  const items = a?.value.kind === "sequence" ? a.value.items : [];
  expect(items.map((item) => item.place.line)).toEqual([4, 6]);
});

it.each([
  ["a: 1\na: 2", "file.yml:2: this is not valid YAML: this key is there twice; keep one"],
  ["a: 1\n\tb: 2", "file.yml:2: this is not valid YAML: a tab is used for indentation; use spaces"],
  ["password: hunter2: x", "file.yml:1: this is not valid YAML: "],
  ['a: "hunter2', "file.yml:1: this is not valid YAML: a closing quote"],
  ["a: [hunter2", "file.yml:1: this is not valid YAML: a bracket is not closed"],
  ["a: *hunter2", "file.yml:1: an alias (*name) has no anchor"],
  ["a: @hunter2", "file.yml:1: this is not valid YAML: a plain value cannot begin"],
  ["a: 1\n---\nb: hunter2", "file.yml:2: this is not valid YAML: there is more than one document"],
  ["a: hunter2\nhunter2", "file.yml:2: this is not valid YAML: "],
])("says what is wrong with %j, and shows nothing of it", (text, message) => {
  const { node, errors } = read(text);
  expect(node).toBeUndefined();
  expect(errors.join("\n")).toContain(message);
  expect(errors.join("\n")).not.toContain("hunter2");
});

it("refuses aliases of aliases that would fill the memory", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 9; i++) {
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(", ")}]`,
    );
  }
  const { node, errors } = read(lines.join("\n"));
  expect(node).toBeUndefined();
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/^file\.yml:\d+: this is too large or too deeply nested$/);
});

it("refuses an alias of what it stands in", () => {
  expect(read("a: &a\n  b: *a\n").errors).toHaveLength(1);
});
