import { expect, test } from "vitest";
import { unwrapped } from "./unwrapped.js";

const original = (): string => "original";
const wrap = (inner: () => string): (() => string) =>
  Object.assign(() => `wrapped ${inner()}`, { __original: inner });

test("H13: takes off what instrumentation has put around a function, however often", () => {
  expect(unwrapped(original)).toBe(original);
  expect(unwrapped(wrap(original))).toBe(original);
  expect(unwrapped(wrap(wrap(original)))).toBe(original);
});

test("leaves what is no function", () => {
  const odd = Object.assign(() => "odd", { __original: "a text" });
  expect(unwrapped(odd)).toBe(odd);
});
