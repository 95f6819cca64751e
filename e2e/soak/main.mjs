// Runs an application against a receiver that breaks, for some time, and looks for leaks and losses:
//   npm run soak -- [--minutes 10] [--seed 1]
// Ends with an error where something was lost without a word or out of order, or where the heap grew.
import { parseArgs } from "node:util";
import { judge } from "./judge.mjs";
import { soak } from "./soak.mjs";

/** @import { Checkpoint } from "./soak.mjs" */

const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(values.minutes ?? 10);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error("--minutes must be a number above 0, and --seed a whole number");
  process.exit(1);
}
if (globalThis.gc === undefined) {
  console.error("The heap cannot be measured: run node with --expose-gc, or `npm run soak`.");
  process.exit(1);
}

const lineEveryMillis = Math.min(30_000, (minutes * 60_000) / 10);
/** @type {Checkpoint[]} */
const checkpoints = [];
let lastLine = -Infinity;

console.log(`seed ${seed}, ${minutes} min; again with --seed ${seed}`);
await soak({
  seed,
  pauseMillis: 20,
  onCheckpoint(checkpoint) {
    checkpoints.push(checkpoint);
    const isBad = checkpoint.problems.length + checkpoint.violations.length > 0;
    if (!isBad && checkpoint.millis < lastLine + lineEveryMillis) return;
    lastLine = checkpoint.millis;
    console.log(describe(checkpoint));
  },
  goesOn: ({ millis }) => millis < minutes * 60_000,
});

const { text, isGood } = judge(checkpoints);
console.log(text);
process.exitCode = isGood ? 0 : 1;

/** @param {Checkpoint} checkpoint */
function describe({
  cycles,
  millis,
  heapBytes,
  handles,
  points,
  lost,
  dropped,
  retries,
  problems,
  violations,
}) {
  const kinds = Object.entries(handles).map(([kind, count]) => `${kind} ${count}`);
  return [
    `${(millis / 60_000).toFixed(1).padStart(5)} min`,
    `${cycles} cycles`,
    `heap ${(heapBytes / 2 ** 20).toFixed(2)} MiB`,
    `${points} points, ${lost} lost, ${dropped} dropped, ${retries} retries`,
    `handles: ${kinds.join(", ") || "none"}`,
    ...problems,
    ...violations,
  ].join("; ");
}
