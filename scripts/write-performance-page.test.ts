import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fillIn } from "./write-performance-page.mjs";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

it("finds docs/performance.md as bench/RESULTS.md makes it", () => {
  const page = read("../docs/performance.md");
  // If not: node scripts/write-performance-page.mjs
  expect(page).toBe(fillIn(page, read("../bench/RESULTS.md")));
});

it("says what is missing", () => {
  expect(() => fillIn("", "")).toThrow('docs/performance.md has no place "machine"');
  expect(() => fillIn(read("../docs/performance.md"), "")).toThrow("bench/RESULTS.md has no section");
});
