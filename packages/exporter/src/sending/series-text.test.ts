import { describe, expect, it } from "vitest";
import { classicHistogram, gauges, roundWith } from "./sending.test-support.js";
import { metricsText } from "./series-text.js";

describe("the metrics in a log line", () => {
  it("are named once each, those of histograms by the histogram", () => {
    const round = roundWith([...gauges(1), ...classicHistogram("wait", 3)]);
    expect(metricsText([round, round])).toBe("m0, wait");
  });

  it("are three at most", () => {
    expect(metricsText([roundWith(gauges(3))])).toBe("m0, m1, m2");
    expect(metricsText([roundWith(gauges(2)), roundWith(gauges(9))])).toBe("m0, m1, m2 and others");
  });
});
