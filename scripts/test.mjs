// `npm test`: all checks and all tests, even when one of them fails, so that a run shows everything there is to mend.
import { spawnSync } from "node:child_process";
import process from "node:process";
import { runChecks } from "./check.mjs";

/** Read by .ci/run. */
const report = ".cache/test-report.json";

const checksPassed = runChecks();
const { status } = spawnSync(
  "pnpm",
  [
    "exec",
    "vitest",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: "inherit", shell: process.platform === "win32" },
);
process.exitCode = status === 0 && checksPassed ? 0 : 1;
