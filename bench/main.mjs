// Measures everything and writes RESULTS.md:
//   node bench/main.mjs [--quick] [--only main,memory]
// With `--quick` (a fifth of the repeats) or `--only` (some parts) it only prints.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { describeMachine } from "./report/machine.mjs";
import { report } from "./report/report.mjs";
import { createPlan } from "./plan.mjs";

const { values } = parseArgs({ options: { quick: { type: "boolean" }, only: { type: "string" } } });
const plan = createPlan(values.quick === true ? 0.2 : 1);
const parts = values.only?.split(",") ?? Object.keys(plan);
const machine = describeMachine();
const unknown = parts.filter((part) => !Object.hasOwn(plan, part));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join('", "')}"; there are ${Object.keys(plan).join(", ")}.`);
  process.exit(1);
}

/** @type {Record<string, unknown>} */
const results = {};
for (const [part, measure] of Object.entries(plan)) {
  if (!parts.includes(part)) continue;
  const started = performance.now();
  process.stderr.write(`${part} … `);
  results[part] = await measure();
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0)} s\n`);
}

const text = report(machine, results);
console.log(`\n${text}`);
if (values.quick !== true && values.only === undefined) {
  writeFileSync(new URL("RESULTS.md", import.meta.url), text);
  console.log("Written to bench/RESULTS.md. Now: node scripts/write-performance-page.mjs");
}
