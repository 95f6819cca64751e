import { expect, it } from "vitest";
import { parseDiagnostics } from "./type-check.js";

it("reads the compiler's errors, those of several lines too", () => {
  const output =
    "src/a.ts(3,7): error TS2322: Type 'A' is not assignable to type 'B'.\n  Property 'b' is missing.\n" +
    "src/b.ts(1,1): error TS1: Other.\n";
  expect(parseDiagnostics(output, "/project")).toEqual([
    {
      file: "/project/src/a.ts",
      line: 3,
      column: 7,
      message: "TS2322: Type 'A' is not assignable to type 'B'.\n  Property 'b' is missing.",
    },
    { file: "/project/src/b.ts", line: 1, column: 1, message: "TS1: Other." },
  ]);
});

it("throws an error that belongs to no file", () => {
  expect(() => parseDiagnostics("error TS5023: Unknown compiler option 'foo'.\n", "/project")).toThrow(
    "TS5023",
  );
});
