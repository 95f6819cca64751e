// The second half of run.mjs, with the right Node and pnpm on the PATH: installs, builds, and runs the task.
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { isSupportedNode, oldestNode } from "./node-version.mjs";
import { runInForeground } from "./run-in-foreground.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name = "", ...args] =
  JSON.parse(process.env["OTEL_REMOTE_WRITE_TASK"] ?? "null") ?? process.argv.slice(2);

const options = {
  cwd: root,
  shell: process.platform === "win32",
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
};

const tasks = {
  bench: ["node", "bench/main.mjs"],
  demo: ["node", "examples/demo/dist/main.js"],
  soak: ["node", "--expose-gc", "e2e/soak/main.mjs"],
  example: ["node", "scripts/example.mjs"],
  test: ["node", "scripts/test.mjs"],
};

if (!isSupportedNode(process.versions.node)) {
  // npm that runs no install scripts leaves the old Node on the PATH, in silence.
  stop(
    `This runs on Node ${process.versions.node}, but needs ${oldestNode} or later. Install a newer Node and try again.`,
  );
}
const task = tasks[/** @type {keyof typeof tasks} */ (name)];
if (task === undefined) stop(`There is no task "${name}"; there are ${Object.keys(tasks).join(" and ")}.`);

step("Installing dependencies", ["pnpm", "install", "--frozen-lockfile"]);
step("Building", ["pnpm", "exec", "turbo", "run", "build", "--output-logs=errors-only"]);

const [program = "", ...taskArgs] = task;
process.exitCode = await runInForeground(program, [...taskArgs, ...args], options);

/** @param {string} title @param {string[]} command */
function step(title, command) {
  const started = Date.now();
  process.stdout.write(`${title} … `);
  const [stepProgram = "", ...stepArgs] = command;
  const result = spawnSync(stepProgram, stepArgs, {
    ...options,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (result.status !== 0) {
    console.log("failed");
    stop(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`);
  }
  console.log(`${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** @param {string} message @returns {never} */
function stop(message) {
  console.error(message);
  process.exit(1);
}
