import { describe, expect, it } from "vitest";
import type { Series } from "../recorded/series.js";
import { compare } from "./compare.js";
import { judge, type Verdict, type VerdictInput } from "./verdict.js";

const series: Series = { labels: { __name__: "orders_total", job: "demo/shop" }, value: 3 };
const delivered = {
  acknowledged: { samples: 7, histograms: 0, exemplars: 0 },
  dropped: {},
  unconfirmed: 0,
  lastError: undefined,
};

function verdict(change: Partial<VerdictInput> = {}): Verdict {
  return judge({
    comparison: compare([series], [series]),
    stats: delivered,
    requests: 5,
    violations: { count: 0, examples: [] },
    backend: "embedded",
    ...change,
  });
}

describe("the verdict", () => {
  it("is good when all is equal, delivered and within the specification", () => {
    expect(verdict()).toEqual({
      ok: true,
      lines: [
        "requests made by visitors: 5",
        "samples acknowledged: 7",
        "samples dropped: 0",
        "series compared, buckets included: 1, of which 1 are equal",
        "protocol violations: 0",
      ],
      lastLine: "All arrived as it was recorded. Next: npm run demo -- --backend prometheus",
    });
  });

  it("does not claim that a backend checked what it does not check", () => {
    const { ok, lines } = verdict({ violations: undefined, backend: "prometheus" });
    expect(ok).toBe(true);
    expect(lines.join("\n")).toContain("protocol violations: not checked by this backend");
  });

  it.each([
    ["a value differs", [{ ...series, value: 4 }], "recorded 3, arrived 4"],
    ["a series is missing", [], "recorded 3, arrived never"],
    [
      "a series is there in addition",
      [series, { labels: { __name__: "x" }, value: 1 }],
      "recorded never, arrived 1",
    ],
  ])("is bad when %s, and names it", (_what, arrived, text) => {
    const { ok, lines, lastLine } = verdict({ comparison: compare([series], arrived) });
    expect(ok).toBe(false);
    expect(lines.join("\n")).toContain(text);
    expect(lastLine).toMatch(/^FAILED: not everything arrived as it was recorded\. Next: /);
  });

  it("is bad when nothing was compared", () => {
    expect(verdict({ comparison: compare([], []) }).ok).toBe(false);
  });

  it.each([
    [{ dropped: { rejected: 2, too_old: 1 } }, "samples dropped: 2 rejected, 1 too_old"],
    [{ unconfirmed: 4 }, "samples unconfirmed: 4"],
  ])("is bad when %j, and says why", (change, text) => {
    const { ok, lines, lastLine } = verdict({ stats: { ...delivered, ...change, lastError: "refused" } });
    expect(ok).toBe(false);
    expect(lines).toContain(text);
    expect(lines).toContain("last error: refused");
    expect(lastLine).toMatch(/^FAILED: samples were not delivered\./);
  });

  it("is bad when a request broke the specification, and says how", () => {
    const { ok, lines, lastLine } = verdict({ violations: { count: 1, examples: ["W1.13: unsorted"] } });
    expect(ok).toBe(false);
    expect(lines).toContain("protocol violations: 1");
    expect(lines).toContain("  ✗ W1.13: unsorted");
    expect(lastLine).toMatch(/^FAILED: requests broke the specification\./);
  });

  it("names at most twenty series and says how many more there are", () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ labels: { __name__: `m${index}` }, value: 1 }));
    const { lines } = verdict({ comparison: compare(many, []) });
    expect(lines.filter((line) => line.includes("✗"))).toHaveLength(20);
    expect(lines).toContain("  … and 5 more");
  });
});
