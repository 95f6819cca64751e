import { expect, it } from "vitest";
import { checkSpool } from "./check-spool.js";
import { createMemorySpool } from "./memory-spool.test-support.js";

const wanted = "createSpool({ directory }) of @otel-remote-write/spool, or something of that shape";

it("takes a spool of anybody's", () => {
  const spool = createMemorySpool();
  expect(checkSpool(spool)).toBe(spool);
});

it.each([
  ["/tmp", `spool must be ${wanted}, got a string`],
  [{ open() {}, append() {} }, `spool has no function read(); give ${wanted}`],
  [{ ...createMemorySpool(), maxAgeMillis: 0 }, "spool.maxAgeMillis must be a number above 0, got 0"],
])("explains what is wrong with %j", (spool, message) => {
  expect(() => checkSpool(spool)).toThrow(new TypeError(`RemoteWriteMetricExporter: ${message}`));
});
