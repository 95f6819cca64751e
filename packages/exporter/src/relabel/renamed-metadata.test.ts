import { expect, it } from "vitest";
import { createRenamedMetadata } from "./renamed-metadata.js";

const histogram = { type: "histogram", help: "h", unit: "s", familyName: "x" } as const;
const counter = { type: "counter", help: "h", unit: "", familyName: "x_total" } as const;

it.each([
  ["the suffix stays", histogram, "x_bucket", "y_bucket", { familyName: "y", type: "histogram" }],
  ["the suffix is lost", histogram, "x_bucket", "y", { familyName: "y", type: "unknown" }],
  [
    "nothing but the suffix is left",
    histogram,
    "x_bucket",
    "_bucket",
    { familyName: "_bucket", type: "unknown" },
  ],
  ["without a suffix", counter, "x_total", "y", { familyName: "y", type: "counter" }],
  ["the same name", counter, "x_total", "x_total", { familyName: "x_total", type: "counter" }],
])("%s", (_case, metadata, from, to, expected) => {
  expect(createRenamedMetadata()(metadata, from, to)).toEqual({ ...metadata, ...expected });
});

it("gives all series of a family one object", () => {
  const renamed = createRenamedMetadata();
  expect(renamed(histogram, "x_bucket", "y_bucket")).toBe(renamed(histogram, "x_sum", "y_sum"));
});
