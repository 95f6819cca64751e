import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";

const peers = [
  "@opentelemetry/sdk-metrics",
  "@opentelemetry/otlp-transformer",
  "@opentelemetry/exporter-metrics-otlp-proto",
  "@opentelemetry/exporter-prometheus",
  "prometheus-remote-write",
  "snappyjs",
  "hysnappy",
];

/** On what the figures were measured, as a list in Markdown. */
export function describeMachine() {
  const [cpu] = os.cpus();
  return [
    `- CPU: ${cpu?.model.trim() ?? "unknown"}, ${os.availableParallelism()} cores`,
    `- Load average before: ${os.loadavg()[0]?.toFixed(1)}`,
    `- Memory: ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    `- System: ${os.type()} ${os.release()}, ${os.arch()}`,
    `- Node: ${process.version} (V8 ${process.versions.v8})`,
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Commit: ${commit()}`,
    `- Versions: ${peers.map((name) => `${name} ${versionOf(name)}`).join(", ")}`,
  ].join("\n");
}

function commit() {
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no", "--", "../packages", ".") !== "";
    return `${git("rev-parse", "--short", "HEAD")}${changed ? ", with changes" : ""}`;
  } catch {
    return "unknown";
  }
}

/** @param {string[]} args */
function git(...args) {
  return execFileSync("git", args, { encoding: "utf8", cwd: import.meta.dirname, stdio: "pipe" }).trim();
}

/** @param {string} name */
function versionOf(name) {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return String(/** @type {{ version: unknown }} */ (JSON.parse(readFileSync(file, "utf8"))).version);
}
