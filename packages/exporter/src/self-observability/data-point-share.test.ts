import fc from "fast-check";
import { expect, test } from "vitest";
import { createDataPointShare } from "./data-point-share.js";

test("gives out exactly what was put in, however the samples come to their end", () => {
  const exports = fc.array(fc.record({ dataPoints: fc.nat(50), factor: fc.integer({ min: 1, max: 20 }) }));
  fc.assert(
    fc.property(exports, fc.array(fc.nat(200)), (added, takes) => {
      const share = createDataPointShare();
      let dataPoints = 0;
      let samples = 0;
      for (const { dataPoints: more, factor } of added) {
        share.add(more, more * factor);
        dataPoints += more;
        samples += more * factor;
      }
      let given = 0;
      for (const taken of takes) {
        if (taken > samples) break;
        const part = share.take(taken);
        expect(part).toBeGreaterThanOrEqual(0);
        given += part;
        samples -= taken;
      }
      given += share.take(samples);
      expect(given).toBe(dataPoints);
    }),
  );
});

test("gives a share where a part of the samples has come to its end", () => {
  const share = createDataPointShare();
  share.add(10, 100);
  expect([share.take(20), share.take(0), share.take(80), share.take(5)]).toEqual([2, 0, 8, 0]);
});
