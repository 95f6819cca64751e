import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { NotAvailableError } from "../not-available-error.mjs";
import { findDebianArchive, formatSource } from "./apt-source.mjs";
import { parseDeb822Sources } from "./parse-deb822-sources.mjs";
import { parseOneLineSources } from "./parse-one-line-sources.mjs";

/** @import { AptSource } from "./apt-source.mjs" */

/**
 * Fetches a package of Debian and unpacks it, without installing it and without root. Address and
 * keyring are those of the machine's own apt configuration; apt's lists and caches are kept in the folder.
 *
 * @param {string} packageName
 * @param {object} options
 * @param {"testing" | "own"} options.suite the one to take it from: programs that need libraries of the system only run
 *   when they are of the release that this machine runs
 * @param {string} options.folder an empty one, for everything this makes
 * @param {Record<string, string | undefined>} options.env of the commands it runs
 * @returns {Promise<{ root: string, name: string }>} the folder in which the package's files are, and the package's name
 *   with version and architecture, as in `prometheus_3.5.3+ds1-6_amd64`
 * @throws {NotAvailableError} it cannot be had here; the message says why
 */
export async function downloadPackage(packageName, { suite, folder, env }) {
  /** @type {(command: string, ...args: string[]) => Promise<string>} */
  const run = (command, ...args) => runCommand(command, args, { cwd: folder, env });
  const [sources, architecture, codename] = await Promise.all([
    readSources(run),
    run("dpkg", "--print-architecture"),
    readCodename(),
  ]);
  const archive = findDebianArchive(sources, codename);
  if (archive === undefined) {
    throw new NotAvailableError("apt on this machine has no mirror of Debian's archive");
  }
  if (suite === "own" && codename === undefined) {
    throw new NotAvailableError("this machine does not run Debian");
  }

  const configFile = join(folder, "apt.conf");
  await Promise.all(
    ["state/lists/partial", "cache", "unpacked"].map((path) =>
      mkdir(join(folder, path), { recursive: true }),
    ),
  );
  await writeFile(
    join(folder, "debian.sources"),
    formatSource(archive, {
      suite: suite === "own" ? (codename ?? "") : suite,
      architecture: architecture.trim(),
    }),
  );
  await writeFile(configFile, privateConfig(folder));

  await run("apt-get", "--config-file", configFile, "update", "--error-on=any");
  await run("apt-get", "--config-file", configFile, "download", packageName);
  const archiveFile = (await readdir(folder)).find((name) => name.endsWith(".deb"));
  if (archiveFile === undefined) throw new NotAvailableError(`apt-get downloaded no file for ${packageName}`);
  await run("dpkg-deb", "--extract", archiveFile, "unpacked");
  return { root: join(folder, "unpacked"), name: basename(archiveFile, ".deb") };
}

/**
 * Read after the machine's own configuration, so that proxies and the like stay in force. What would touch the machine
 * (hooks after an update) or choose other versions (pins, what is installed) is cleared.
 *
 * @type {(folder: string) => string}
 */
function privateConfig(folder) {
  return `Dir::Etc::SourceList "${folder}/debian.sources";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State "${folder}/state";
Dir::State::Status "/dev/null";
Dir::Cache "${folder}/cache";
APT::Default-Release "";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
`;
}

/** @type {(run: (command: string, ...args: string[]) => Promise<string>) => Promise<AptSource[]>} */
async function readSources(run) {
  const folders = await run(
    "apt-config",
    "shell",
    "LIST",
    "Dir::Etc::SourceList/f",
    "PARTS",
    "Dir::Etc::SourceParts/d",
  );
  const list = /^LIST='(.*)'$/m.exec(folders)?.[1] ?? "/etc/apt/sources.list";
  const parts = /^PARTS='(.*)'$/m.exec(folders)?.[1] ?? "/etc/apt/sources.list.d";
  const names = await readdir(parts).catch(() => []);
  const files = [list, ...names.map((name) => join(parts, name))];
  const sources = await Promise.all(
    files.map(async (file) => {
      const parse = file.endsWith(".sources")
        ? parseDeb822Sources
        : file.endsWith(".list")
          ? parseOneLineSources
          : undefined;
      return parse === undefined ? [] : parse(await readFile(file, "utf8").catch(() => ""));
    }),
  );
  return sources.flat();
}

/** @type {() => Promise<string | undefined>} */
async function readCodename() {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^ID="?debian"?$/m.test(release) ? /^VERSION_CODENAME="?(\w+)"?$/m.exec(release)?.[1] : undefined;
}

/** @type {(command: string, args: string[], options: { cwd: string, env: Record<string, string | undefined> }) => Promise<string>} */
async function runCommand(command, args, { cwd, env }) {
  try {
    const child = promisify(execFile)(command, args, {
      cwd,
      env: { ...env, LC_ALL: "C" },
      timeout: 240_000,
      maxBuffer: 16 * 1024 * 1024,
    });
    child.child.stdin?.end();
    return (await child).stdout;
  } catch (error) {
    const { code, killed, stderr } = /** @type {{ code?: unknown, killed?: boolean, stderr?: string }} */ (
      error
    );
    if (code === "ENOENT") {
      throw new NotAvailableError("this machine has no apt to get it from Debian with", {
        cause: error,
      });
    }
    const reason =
      killed === true
        ? "it took too long"
        : (/^(?:E|dpkg-deb: error): (.*)$/m.exec(stderr ?? "")?.[1]?.replace(/\.$/, "") ??
          `it ended with ${String(code)}`);
    throw new NotAvailableError(`${command} failed: ${reason}`, { cause: error });
  }
}
