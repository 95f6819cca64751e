import { expect, it } from "vitest";
import { alignOutput, normalizeOutput } from "./compare-output.js";

it.each([
  ["a\nb\n", "a\nb\n"],
  ["a  \r\nb", "a\nb\n"],
  ["sent 12 of 12 in 3.4 ms\n", "sent 12 of 12 in … ms\n"],
  ["port 4711\nport 4712\n", "port …\nport …\n"],
  ["[1] (x) $ … ", "[1] (x) $ …"],
  ["", ""],
])("%j is what %j says", (actual, expected) => {
  expect(alignOutput(actual, expected)).toBe(normalizeOutput(expected));
});

it.each([
  ["a\n", "b\n"],
  ["a\n", "a\nb\n"],
  ["a\nb\n", "a\n"],
  ["sent 12 of 11", "sent … of 12"],
  ["a\nb", "a…b"],
  ["xax", "[a]"],
  [" a", "a"],
])("%j is not what %j says", (actual, expected) => {
  expect(alignOutput(actual, expected)).not.toBe(normalizeOutput(expected));
});

it("leaves only the lines that differ to the comparison", () => {
  expect(alignOutput("port 1\nsent 2\n", "port …\nsent 3\n")).toBe("port …\nsent 2");
});
