import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { downloadPackage } from "./apt/download-package.mjs";
import { NotAvailableError } from "./not-available-error.mjs";

/**
 * A real server for tests and the demo: one that stores metrics.
 *
 * @typedef {"prometheus" | "victoriametrics"} ServerName
 *
 * What stands in front of one: vmauth asks for credentials, nginx speaks TLS and redirects, tinyproxy is a proxy.
 *
 * @typedef {"vmauth" | "nginx" | "tinyproxy"} GatewayName
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

/**
 * @typedef {object} Program
 * @property {string} packageName Debian's
 * @property {string} path in the package
 * @property {"testing" | "own"} suite `own`: it needs libraries of the system
 * @property {string} variable names another program to use
 * @property {string} versionFlag makes it say its version and end
 */

/** @type {Record<ServerName | GatewayName, Program>} */
const programs = {
  prometheus: {
    packageName: "prometheus",
    path: "usr/bin/prometheus",
    suite: "testing",
    variable: "PROMETHEUS_BIN",
    versionFlag: "--version",
  },
  victoriametrics: {
    packageName: "victoria-metrics",
    path: "usr/bin/victoria-metrics",
    suite: "testing",
    variable: "VICTORIA_METRICS_BIN",
    versionFlag: "--version",
  },
  vmauth: {
    packageName: "victoria-metrics",
    path: "usr/bin/vmauth",
    suite: "testing",
    variable: "VMAUTH_BIN",
    versionFlag: "--version",
  },
  nginx: {
    packageName: "nginx",
    path: "usr/sbin/nginx",
    suite: "own",
    variable: "NGINX_BIN",
    versionFlag: "-v",
  },
  tinyproxy: {
    packageName: "tinyproxy-bin",
    path: "usr/bin/tinyproxy",
    suite: "own",
    variable: "TINYPROXY_BIN",
    versionFlag: "-v",
  },
};

/** @type {readonly ServerName[]} */
export const serverNames = ["prometheus", "victoriametrics"];

/** @type {readonly GatewayName[]} */
export const gatewayNames = ["vmauth", "nginx", "tinyproxy"];

/**
 * Finds a server's program: the one that a variable such as `PROMETHEUS_BIN` names, or else one in the user's cache folder, or else Debian's package, which is then kept there. Whatever it finds has been run once.
 *
 * @param {ServerName | GatewayName} name
 * @param {Environment} [env]
 * @returns {Promise<FoundServer | MissingServer>}
 */
export async function findServer(name, env = process.env) {
  const program = programs[name];
  const { variable, versionFlag } = program;
  const path = env[variable];
  try {
    if (path !== undefined && path !== "") return await tryRunning(path, versionFlag);
  } catch (error) {
    return { reason: `${variable} names ${path}, which does not run: ${messageOf(error)}.` };
  }
  try {
    const folder = cacheFolder(env);
    return (await findCached(program, folder)) ?? (await download(program, folder, env));
  } catch (error) {
    if (!(error instanceof NotAvailableError)) throw error;
    return { reason: `No ${basename(program.path)}: ${error.message}; set ${variable} to the path of one.` };
  }
}

/** @type {(program: Program, folder: string) => Promise<FoundServer | undefined>} */
async function findCached({ path, versionFlag }, folder) {
  const files = await readdir(folder).catch(() => []);
  const names = files.filter((name) => name.startsWith(`${basename(path)}_`));
  for (const name of names) {
    // One that does not run (cut short, or of another architecture) is as good as none.
    const found = await tryRunning(join(folder, name), versionFlag).catch(() => undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Downloads beside the cached files and renames at the end, so that no process ever sees half a file and two that
 * download at once don't meet.
 *
 * @type {(program: Program, folder: string, env: Environment) => Promise<FoundServer>}
 */
async function download({ packageName, path, suite, versionFlag }, folder, env) {
  const temporary = await makeTemporaryFolder(folder);
  try {
    const { root, name } = await downloadPackage(packageName, { suite, folder: temporary, env });
    const binary = join(root, path);
    await tryRunning(binary, versionFlag).catch((error) => {
      throw new NotAvailableError(`Debian's ${name} does not run here: ${messageOf(error)}`, {
        cause: error,
      });
    });
    // What else the package has is asked for next.
    for (const other of Object.values(programs).filter((each) => each.packageName === packageName)) {
      await rename(join(root, other.path), join(folder, cachedName(other, name)));
    }
    return await tryRunning(join(folder, cachedName({ packageName, path }, name)), versionFlag);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * `vmauth_1.145.0+ds1-2_amd64` for a program of `victoria-metrics_1.145.0+ds1-2_amd64`
 *
 * @type {(program: Pick<Program, "packageName" | "path">, name: string) => string}
 */
function cachedName({ packageName, path }, name) {
  return `${basename(path)}${name.slice(packageName.length)}`;
}

/** @type {(path: string, versionFlag: string) => Promise<FoundServer>} */
async function tryRunning(path, versionFlag) {
  const { stdout, stderr } = await promisify(execFile)(path, [versionFlag], { timeout: 20_000 });
  // Debian's VictoriaMetrics does not know its own version; the package's name does.
  const version = /\d+\.\d+\.\d+/.exec(stdout + stderr) ?? /_(\d+\.\d+\.\d+)/.exec(path)?.slice(1);
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
