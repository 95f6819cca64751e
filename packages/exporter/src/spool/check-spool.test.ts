import { expect, it } from "vitest";
import { checkSpool } from "./check-spool.js";
import { createMemorySpool } from "./memory-spool.test-support.js";

const fix = "give createSpool({ directory }) of @otel-remote-write/spool, or something of that shape";

it("takes a spool of anybody's", () => {
  const spool = createMemorySpool();
  expect(checkSpool(spool)).toBe(spool);
});

it.each([
  ["/tmp", `spool must be an object, got a string; ${fix}`],
  [{ open() {}, append() {} }, `spool has no function read(); ${fix}`],
  [{ ...createMemorySpool(), maxAgeMillis: 0 }, `spool.maxAgeMillis must be a number above 0; ${fix}`],
])("explains what is wrong with %j", (spool, message) => {
  expect(() => checkSpool(spool)).toThrow(new TypeError(`RemoteWriteMetricExporter: ${message}`));
});
