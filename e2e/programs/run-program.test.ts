import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { runProgram, successfulOutput } from "./run-program.js";

const options = { cwd: tmpdir(), deadlineMillis: 60_000 };

it("gives the output of a program that succeeds, without colours", async () => {
  const run = await runProgram(
    process.execPath,
    ["-e", "console.log({ a: 1 }); console.error('note')"],
    options,
  );
  expect(successfulOutput(run)).toBe("{ a: 1 }\n");
});

it("ends a program at its deadline and shows what it said", async () => {
  const run = await runProgram(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
    ...options,
    deadlineMillis: 200,
  });
  expect(() => successfulOutput(run)).toThrow("ended by the test after 0.2 s");
});

it("says so when there is no such program", async () => {
  const run = await runProgram("/no/such/program", [], options);
  expect(() => successfulOutput(run)).toThrow("/no/such/program ENOENT");
});
