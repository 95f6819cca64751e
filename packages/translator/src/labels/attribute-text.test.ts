import { describe, expect, it } from "vitest";
import { attributeText } from "./attribute-text.js";

describe("attribute values", () => {
  it.each([
    ["text", "text"],
    ["", ""],
    [undefined, ""],
    [null, ""],
    [true, "true"],
    [0, "0"],
    [1.5, "1.5"],
    [1e21, "1e+21"],
    [1e-7, "1e-7"],
    [2n ** 70n, "1180591620717411303424"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
    [[], "[]"],
    [["a", 1, false, null, undefined], '["a",1,false,null,null]'],
    [[Number.NaN, Number.NEGATIVE_INFINITY], '["NaN","-Infinity"]'],
    [[["a"], { b: 1 }], '[["a"],{"b":1}]'],
    [{ b: 1, a: { c: [2] } }, '{"a":{"c":[2]},"b":1}'],
    [['quo"te', "a\nb"], String.raw`["quo\"te","a\nb"]`],
    [{}, "{}"],
    [Symbol("s"), ""],
    [(): number => 1, ""],
  ])("TR28: %o is written as %j", (value, text) => {
    expect(attributeText(value)).toBe(text);
  });

  it.each([0, 1, 2, 3, 4, 50])("TR28: %i bytes are written as base64", (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => 255 - i * 5);
    const base64 = Buffer.from(bytes).toString("base64");
    expect(attributeText(bytes)).toBe(base64);
    expect(attributeText([bytes])).toBe(`["${base64}"]`);
  });

  it("TR28: a lone surrogate becomes U+FFFD, a pair stays", () => {
    expect(attributeText("a\ud83d\ude00b\ud83dc\ude00")).toBe("a😀b\ufffdc\ufffd");
    expect(attributeText(["\ud83d"])).toBe('["\ufffd"]');
  });

  it("TR29: cycles and shared parts come to an end", () => {
    const cycle: unknown[] = [];
    cycle.push(cycle, cycle);
    let shared: unknown = "x";
    for (let i = 0; i < 15; i++) shared = Array.from({ length: 10 }, () => shared);
    expect(attributeText(cycle).length).toBeLessThan(1_000_000);
    expect(attributeText(shared).length).toBeLessThan(1_000_000);
  });
});
