import { expect, it } from "vitest";
import { addUpMetric } from "./metrics-page.js";

const page = `# TYPE requests_total counter
requests_total{code="200",handler="/write"} 3
requests_total{code="204",handler="/write"} 40
requests_total{code="500",handler="/write"} 500
requests_total_seconds 6000
samples_total 1.5e+03
`;

it.each([
  ["requests_total", 543],
  ['requests_total{code="2', 0],
  ['requests_total{code="204"', 40],
  ["samples_total", 1500],
  ["samples", 0],
])("adds up %s", (start, sum) => {
  expect(addUpMetric(page, start)).toBe(sum);
});
