// Runs every check of the repository that is not a test, and says at the end which failed. Each also runs by itself:
// `pnpm check:lint` and so on.
import { spawnSync } from "node:child_process";
import process from "node:process";

const checks = ["format", "lint", "types", "proto", "packages", "dead-code"];

export function runChecks() {
  const failed = checks.filter((check) => {
    const started = Date.now();
    const { status, stdout, stderr } = spawnSync("pnpm", ["--silent", "run", `check:${check}`], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === "win32",
    });
    const passed = status === 0;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${passed ? "✓" : "✗"} ${check} (${seconds} s)`);
    if (!passed) console.log(`${stdout}${stderr}`.trimEnd());
    return !passed;
  });
  if (failed.length > 0) console.log(`Checks that failed: ${failed.join(", ")}`);
  return failed.length === 0;
}

if (process.argv[1] === import.meta.filename) process.exitCode = runChecks() ? 0 : 1;
