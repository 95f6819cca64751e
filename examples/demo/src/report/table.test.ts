import { describe, expect, it } from "vitest";
import { type RecordedMetric, seriesOf } from "../recorded/recorded-metric.js";
import type { Series } from "../recorded/series.js";
import { compare } from "./compare.js";
import type { Paint } from "./paint.js";
import { renderTable } from "./table.js";
import { tableSection } from "./table-rows.js";

const common = { job: "demo" };
const metrics: RecordedMetric[] = [
  {
    name: "http_server_request_duration_seconds",
    type: "histogram",
    points: [
      {
        labels: { http_request_method: "POST", http_route: "/orders", http_response_status_code: "201" },
        bounds: [0.5, 1, 2],
        counts: [0, 8, 4, 1],
        sum: 13.0625,
      },
      {
        labels: { http_request_method: "GET", http_response_status_code: "404" },
        bounds: [0.5, 1, 2],
        counts: [1200, 0, 0, 0],
        sum: 1 / 3,
      },
    ],
  },
  { name: "memory_bytes", type: "gauge", points: [{ labels: {}, value: 81_234_432 }] },
];

const plain: Paint = {
  good: (text) => text,
  bad: (text) => text,
  strong: (text) => text,
  dim: (text) => text,
};

function render(change: (all: Series[]) => Series[] = (all) => all, width = 100): string {
  const recorded = metrics.flatMap((metric) => seriesOf(metric, common));
  const comparison = compare(recorded, change(recorded));
  const sections = metrics.map((metric) => tableSection(metric, common, comparison));
  return renderTable(sections, width, plain).join("\n");
}

describe("the table", () => {
  it("has a row per series and one per histogram, sorted, aligned, without the common labels", () => {
    expect(render()).toBe(`\
series                         recorded            arrived     buckets
http_server_request_duration_seconds  histogram
  by http_request_method, http_route, http_response_status_code
  GET   –        404  1,200 (Σ 0.33333)  1,200 (Σ 0.33333)  ✓  █···
  POST  /orders  201      13 (Σ 13.063)      13 (Σ 13.063)  ✓  ·█▄▁
memory_bytes  gauge
  (no labels)                81,234,432         81,234,432  ✓`);
  });

  it("shows all digits of values that differ, and which they are", () => {
    const changed = render((all) => all.map(({ labels, value }) => ({ labels, value: value + 2 ** -20 })));
    expect(changed).toMatch(/no labels\) +81234432 +81234432\.00000095 {2}✗$/m);
    expect(changed).not.toContain("✓");
  });

  it("marks a histogram of which one bucket differs", () => {
    const lines = render((all) =>
      all.map(({ labels, value }) => ({
        labels,
        value: labels["le"] === "0.5" && "http_route" in labels ? 1 : value,
      })),
    );
    expect(lines).toMatch(/POST .* 13 \(Σ 13\.063\) .* 13 \(Σ 13\.063\) {2}✗ {2}▂█▅▂/);
    expect(lines).toMatch(/GET .* ✓/);
  });

  it("says what is missing", () => {
    const lines = render((all) =>
      all.filter(({ labels }) => labels["http_route"] === undefined && "le" in labels),
    );
    expect(lines).toMatch(/POST .* 13 \(Σ 13\.0625\) +missing {2}✗$/m);
    expect(lines).toMatch(/no labels\) +81234432 +missing {2}✗$/m);
  });

  it("keeps within the width, at the cost of labels", () => {
    const lines = render(undefined, 64).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(64);
    expect(lines).toContain("  POST  /orde…      13 (Σ 13.063)      13 (Σ 13.063)  ✓  ·█▄▁");
  });
});
