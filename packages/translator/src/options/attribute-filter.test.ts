import { expect, it } from "vitest";
import { attributeFilter, type AttributeFilterOptions } from "./attribute-filter.js";

const keys = ["host.name", "host.id", "hostname", "os.type", "host"];

function chosen(options: AttributeFilterOptions): string[] {
  return keys.filter(attributeFilter(options, () => true));
}

it.each([
  [{}, keys],
  [{ include: [] }, []],
  [{ include: ["host.id"] }, ["host.id"]],
  [{ include: ["host.*"] }, ["host.name", "host.id"]],
  [{ include: ["*"] }, keys],
  [{ include: ["*name"] }, ["host.name", "hostname"]],
  [{ include: ["h*.*m*"] }, ["host.name"]],
  [{ include: ["host*host"] }, []],
  [{ include: ["host**"] }, ["host.name", "host.id", "hostname", "host"]],
  [{ include: [/^host$/, "os.type"] }, ["os.type", "host"]],
  [{ include: ["host.*"], exclude: ["*.id"] }, ["host.name"]],
  [{ exclude: [/\./] }, ["hostname", "host"]],
])("TR12: %j chooses %j", (options, expected) => {
  expect(chosen(options)).toEqual(expected);
});

it("TR12: a RegExp chooses the same every time, whatever its flags", () => {
  const pattern = /host/gy;
  pattern.lastIndex = 3;
  expect([chosen({ include: [pattern] }), chosen({ include: [pattern] })]).toEqual([
    ["host.name", "host.id", "hostname", "host"],
    ["host.name", "host.id", "hostname", "host"],
  ]);
  expect(pattern.lastIndex).toBe(3);
});

it("TR4: patterns take linear time", () => {
  const filter = attributeFilter({ include: [`${"*a".repeat(50)}*b`] }, () => true);
  expect(filter("a".repeat(1_000_000))).toBe(false);
});
