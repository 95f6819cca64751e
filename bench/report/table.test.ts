import { expect, it } from "vitest";
import { table } from "./table.mjs";

it("aligns columns", () => {
  expect(
    table(
      ["", "ms"],
      [
        ["OTLP", "10.25"],
        ["ours", "3"],
      ],
    ),
  ).toBe(["|      |    ms |", "| ---- | ----: |", "| OTLP | 10.25 |", "| ours |     3 |"].join("\n"));
});
