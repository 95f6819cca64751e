import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { downloadBinary } from "./apt/download-binary.mjs";
import { NotAvailableError } from "./not-available-error.mjs";

/**
 * A real server for tests and the demo.
 *
 * @typedef {"prometheus" | "victoriametrics"} ServerName
 *
 * @typedef {Record<string, string | undefined>} Environment
 *
 * @typedef {object} FoundServer
 * @property {string} path of the program
 * @property {string} version as in `3.5.3`; `unknown` where neither the program nor its package tells
 *
 * @typedef {object} MissingServer
 * @property {string} reason one sentence that says why there is none and what to do
 */

/** @type {Record<ServerName, { packageName: string, variable: string }>} */
const servers = {
  prometheus: { packageName: "prometheus", variable: "PROMETHEUS_BIN" },
  victoriametrics: { packageName: "victoria-metrics", variable: "VICTORIA_METRICS_BIN" },
};

/** @type {readonly ServerName[]} */
export const serverNames = ["prometheus", "victoriametrics"];

/**
 * Finds a server's program: the one that `PROMETHEUS_BIN` or `VICTORIA_METRICS_BIN` names, or else one in the user's
 * cache folder, or else Debian's package, which is then kept there. Whatever it finds has been run once.
 *
 * @param {ServerName} name
 * @param {Environment} [env]
 * @returns {Promise<FoundServer | MissingServer>}
 */
export async function findServer(name, env = process.env) {
  const { packageName, variable } = servers[name];
  const path = env[variable];
  try {
    if (path !== undefined && path !== "") return await tryRunning(path);
  } catch (error) {
    return { reason: `${variable} names ${path}, which does not run: ${messageOf(error)}.` };
  }
  try {
    const folder = cacheFolder(env);
    return (await findCached(packageName, folder)) ?? (await download(packageName, folder, env));
  } catch (error) {
    if (!(error instanceof NotAvailableError)) throw error;
    return { reason: `No ${packageName}: ${error.message}; set ${variable} to the path of one.` };
  }
}

/** @type {(packageName: string, folder: string) => Promise<FoundServer | undefined>} */
async function findCached(packageName, folder) {
  const files = await readdir(folder).catch(() => []);
  const names = files.filter((name) => name.startsWith(`${packageName}_`));
  for (const name of names) {
    // One that does not run (cut short, or of another architecture) is as good as none.
    const found = await tryRunning(join(folder, name)).catch(() => undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Downloads beside the cached files and renames at the end, so that no process ever sees half a file and two that
 * download at once don't meet.
 *
 * @type {(packageName: string, folder: string, env: Environment) => Promise<FoundServer>}
 */
async function download(packageName, folder, env) {
  const temporary = await makeTemporaryFolder(folder);
  try {
    const { binary, name } = await downloadBinary(packageName, { folder: temporary, env });
    await chmod(binary, 0o755);
    await tryRunning(binary).catch((error) => {
      throw new NotAvailableError(`Debian's ${name} does not run here: ${messageOf(error)}`, {
        cause: error,
      });
    });
    const path = join(folder, name);
    await rename(binary, path);
    return await tryRunning(path);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @type {(path: string) => Promise<FoundServer>} */
async function tryRunning(path) {
  const { stdout } = await promisify(execFile)(path, ["--version"], { timeout: 20_000 });
  // Debian's VictoriaMetrics does not know its own version; the package's name does.
  const version = /\d+\.\d+\.\d+/.exec(stdout) ?? /_(\d+\.\d+\.\d+)/.exec(path)?.slice(1);
  return { path, version: version?.[0] ?? "unknown" };
}

/** @type {(env: Environment) => string} */
function cacheFolder(env) {
  const base = env["XDG_CACHE_HOME"] ?? "";
  return join(isAbsolute(base) ? base : join(homedir(), ".cache"), "otel-remote-write", "servers");
}

/** @type {(folder: string) => Promise<string>} */
async function makeTemporaryFolder(folder) {
  try {
    await mkdir(folder, { recursive: true });
    return await mkdtemp(join(folder, "download-"));
  } catch (error) {
    throw new NotAvailableError(`the cache folder ${folder} cannot be written (${messageOf(error)})`, {
      cause: error,
    });
  }
}

/** @type {(error: unknown) => string} */
function messageOf(error) {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "there is no such file";
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
