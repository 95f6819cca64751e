/** @import { Checkpoint } from "./soak.mjs" */

/** The heap may grow by so much, from the first fifth of the time to its end. */
const mostGrowth = 1.05;

/**
 * What a run says: the heap at its end against that after the first fifth, which is minute two of ten. Of each the least
 * of three measurements counts, as garbage in the making is measured, too.
 *
 * @param {readonly Checkpoint[]} checkpoints
 */
export function judge(checkpoints) {
  const fifth = (checkpoints.at(-1)?.millis ?? 0) / 5;
  const atFifth = checkpoints.findIndex(({ millis }) => millis >= fifth);
  const early = leastHeap(checkpoints.slice(atFifth, atFifth + 3));
  const late = leastHeap(checkpoints.slice(-3));
  const growth = late / early;
  const losses = checkpoints.flatMap(({ problems }) => problems);
  const violations = checkpoints.flatMap(({ violations: ofOne }) => ofOne);
  const isGood = growth <= mostGrowth && losses.length === 0 && violations.length === 0;
  const text = [
    `heap ${mebibytes(early)} MiB early, ${mebibytes(late)} MiB late: ${growth.toFixed(3)} times (at most ${mostGrowth})`,
    `unexplained losses: ${losses.length}; broken rules, order among them: ${violations.length}`,
    isGood ? "good" : "BAD",
  ].join("\n");
  return { text, isGood, growth };
}

/** @param {readonly Checkpoint[]} checkpoints */
function leastHeap(checkpoints) {
  return Math.min(...checkpoints.map(({ heapBytes }) => heapBytes));
}

/** @param {number} bytes */
function mebibytes(bytes) {
  return (bytes / 2 ** 20).toFixed(2);
}
