// Runs a task of this repository with the Node and the pnpm that it needs, whatever the machine has:
//   node scripts/run.mjs bench|demo|soak|example|test [arguments of the task]
// Nothing but Node 20 or later, npm and git is needed. A Node and a pnpm that are new enough are used as they are;
// otherwise `npm exec` brings them. Plain JavaScript without dependencies, since nothing is installed yet.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { isSupportedNode, nodeToBring } from "./node-version.mjs";
import { runInForeground } from "./run-in-foreground.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const taskScript = "scripts/task.mjs";
const isWindows = process.platform === "win32";

/** @param {string[]} command @param {Record<string, string>} [environment] */
function run([program = "", ...args], environment = {}) {
  return runInForeground(program, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    shell: isWindows && program !== process.execPath,
  });
}

/** @param {string[]} command @returns {string | undefined} */
function output([program = "", ...args]) {
  const { status, stdout } = spawnSync(program, args, { cwd: root, encoding: "utf8", shell: isWindows });
  return status === 0 ? stdout.trim() : undefined;
}

/** npm, by the very program that runs us where npm did: another may stand first on the PATH. */
function npmCommand() {
  const running = process.env["npm_execpath"];
  return running?.endsWith("npm-cli.js") === true ? [process.execPath, running] : ["npm"];
}

const { packageManager } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const [, wantedPnpm = ""] = packageManager.split("@");
const major = (/** @type {string} */ version) => Number(version.split(".")[0]);

const nodeIsFine = isSupportedNode(process.versions.node);
const pnpmIsFine = major(output(["pnpm", "--version"]) ?? "0") === major(wantedPnpm);
const task = process.argv.slice(2);

if (nodeIsFine && pnpmIsFine) {
  process.exitCode = await run([process.execPath, taskScript, ...task]);
} else {
  const missing = [...(nodeIsFine ? [] : [`node@${nodeToBring}`]), ...(pnpmIsFine ? [] : [packageManager])];
  console.log(`Using ${missing.join(" and ")} through npm exec.`);
  const npm = npmCommand();
  // Both packages put their programs in place by install scripts, and npm 12 runs none unless told to.
  const allow = major(output([...npm, "--version"]) ?? "0") >= 12 ? ["--allow-scripts=node,pnpm"] : [];
  const packages = missing.map((name) => `--package=${name}`);
  process.exitCode = await run([...npm, "exec", "--yes", ...allow, ...packages, "-c", `node ${taskScript}`], {
    // Not on the command line, where quoting differs between shells.
    OTEL_REMOTE_WRITE_TASK: JSON.stringify(task),
  });
}
