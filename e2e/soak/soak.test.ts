// A short run of the soak, counted in cycles, and what its judgement finds.
import { expect, it } from "vitest";
import { judge } from "./judge.mjs";
import { soak, type Checkpoint } from "./soak.mjs";

it("a few episodes lose nothing and leave nothing behind", async () => {
  const checkpoints: Checkpoint[] = [];
  await soak({
    seed: 7,
    series: 30,
    goesOn: ({ cycles }) => cycles < 100,
    onCheckpoint: (checkpoint) => checkpoints.push(checkpoint),
  });
  expect(checkpoints).toHaveLength(3);
  expect(checkpoints.flatMap(({ problems, violations }) => [...problems, ...violations])).toEqual([]);
  expect(checkpoints.at(-1)).toMatchObject({ cycles: 120 });
  expect(checkpoints.at(-1)?.retries).toBeGreaterThan(0);
});

const fine: Omit<Checkpoint, "millis"> = {
  cycles: 40,
  heapBytes: 1000,
  handles: {},
  points: 1,
  lost: 0,
  dropped: 0,
  retries: 0,
  problems: [],
  violations: [],
};

/** Ten minutes, with the heap as it is after each. */
function run(heapAt: (minute: number) => number, last: Partial<Checkpoint> = {}): Checkpoint[] {
  return Array.from({ length: 10 }, (_, index) => {
    const minute = index + 1;
    const checkpoint = { ...fine, millis: minute * 60_000, heapBytes: heapAt(minute) };
    return minute === 10 ? { ...checkpoint, ...last } : checkpoint;
  });
}

it.each<[string, Checkpoint[], boolean]>([
  ["a heap that stays", run(() => 1000), true],
  ["a heap that has grown before minute two only", run((minute) => (minute < 2 ? 500 : 1000)), true],
  ["a heap of 1.05 times", run((minute) => (minute < 8 ? 1000 : 1050)), true],
  ["a heap of more", run((minute) => (minute < 8 ? 1000 : 1051)), false],
  ["a loss", run(() => 1000, { problems: ["1 points are lost"] }), false],
  ["points out of order", run(() => 1000, { violations: ["W1.18: late"] }), false],
])("%s", (_, checkpoints, isGood) => {
  expect(judge(checkpoints).isGood).toBe(isGood);
});
