import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { killWithParent } from "./kill-with-parent.mjs";

/** @import { ChildProcess } from "node:child_process" */

/**
 * @typedef {object} ServerProgram
 * @property {string} path
 * @property {(address: string, folder: string) => string[]} args
 * @property {RegExp} [listening] finds the address in the line the server logs once its port is bound; without it the
 *   server is told a port that is free
 * @property {string} [readyPath] answers 200 when the server takes requests; without it, it does when it takes connections
 * @property {RegExp} [ready] what the server logs when it takes requests, where nobody may just ask
 *
 * @typedef {object} ServerProcess
 * @property {string} url without a slash at its end; the same after a restart
 * @property {string} address as in `127.0.0.1:9090`
 * @property {number | undefined} pid undefined while it does not run
 * @property {() => string} logs what the server wrote since the first start, the newest megabyte
 * @property {() => Promise<void>} kill ends it without warning and keeps its data
 * @property {() => Promise<void>} restart ends it, politely if it runs, and starts it on the same port and data
 * @property {() => Promise<void>} stop ends it and removes its data
 */

const startDeadlineMillis = 60_000;
const stopDeadlineMillis = 10_000;
const maxLogCharacters = 1024 * 1024;

/**
 * Starts a server on a free loopback port, with its data in a new temporary folder, and waits until it is ready. It
 * ends with this process, however that ends.
 *
 * @param {ServerProgram} program
 * @returns {Promise<ServerProcess>}
 * @throws {Error} it did not become ready; the message has its last lines
 */
export async function startServerProcess({ path, args, listening, readyPath, ready }) {
  const folder = await mkdtemp(join(tmpdir(), "otel-remote-write-server-"));
  let log = "";
  let startLog = "";
  // Where it can, the server picks a free port, which no one can take in between, and says which.
  let address = `127.0.0.1:${listening === undefined ? await findFreePort() : 0}`;
  /** @type {{ child: ChildProcess, ended: Promise<unknown> } | undefined} */
  let running;

  /** @type {(text: string) => void} */
  function keepLog(text) {
    log = (log + text).slice(-maxLogCharacters);
    startLog = (startLog + text).slice(0, maxLogCharacters);
  }

  /** @type {() => Promise<void>} */
  async function launch() {
    const deadline = AbortSignal.timeout(startDeadlineMillis);
    startLog = "";
    const child = spawn(path, args(address, folder), {
      stdio: ["ignore", "pipe", "pipe"],
      // In a group of its own, so that Ctrl-C in a terminal leaves it to this process when it ends.
      detached: process.platform !== "win32",
    });
    const releaseWatch = killWithParent(child.pid);
    const ended = new Promise((resolve) => {
      child.once("error", (error) => keepLog(`${error.message}\n`));
      child.once("error", resolve);
      child.once("close", resolve);
    }).finally(() => {
      releaseWatch();
      running = undefined;
    });
    running = { child, ended };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", keepLog);

    while (!deadline.aborted) {
      if (running === undefined) break;
      const found = listening === undefined ? address : listening.exec(startLog)?.[1];
      if (found !== undefined && (await isReady(found))) {
        address = found;
        return;
      }
      await sleep(20);
    }
    const what = running === undefined ? "ended before it was ready" : "was not ready in time";
    const lines = startLog.trimEnd().split("\n").slice(-20);
    await end("SIGKILL");
    throw new Error(`${path} ${what}. Its last lines:\n${lines.join("\n")}`);
  }

  /** @type {(at: string) => Promise<boolean>} */
  async function isReady(at) {
    if (ready !== undefined) return ready.test(startLog);
    return readyPath === undefined ? await accepts(at) : await answers(`http://${at}${readyPath}`);
  }

  /** @type {() => Promise<void>} */
  async function launchAgain() {
    for (let attempt = 1; ; attempt++) {
      try {
        return await launch();
      } catch (error) {
        // Someone else may hold the port for a moment, as the local end of a connection.
        if (attempt === 10 || !/address already in use/i.test(String(error))) throw error;
        await sleep(200);
      }
    }
  }

  /** @type {(signal: "SIGTERM" | "SIGKILL") => Promise<void>} */
  async function end(signal) {
    if (running === undefined) return;
    const { child, ended } = running;
    child.kill(signal);
    const impatience = setTimeout(() => child.kill("SIGKILL"), stopDeadlineMillis);
    await ended;
    clearTimeout(impatience);
  }

  /** @type {() => Promise<void>} */
  async function removeData() {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  await launch().catch(async (error) => {
    await removeData();
    throw error;
  });

  return {
    get url() {
      return `http://${address}`;
    },
    get address() {
      return address;
    },
    get pid() {
      return running?.child.pid;
    },
    logs: () => log,
    kill: () => end("SIGKILL"),
    restart: async () => {
      await end("SIGTERM");
      await launchAgain();
    },
    stop: async () => {
      await end("SIGTERM");
      await removeData();
    },
  };
}

/** @type {(url: string) => Promise<boolean>} */
async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** @type {(address: string) => Promise<boolean>} */
async function accepts(address) {
  const { hostname, port } = new URL(`http://${address}`);
  return await new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** @type {() => Promise<number>} */
async function findFreePort() {
  const server = createServer();
  await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
