import { join } from "node:path";
import { createQueryApi } from "./query-api.mjs";
import { startServerProcess } from "./server-process.mjs";

/** @import { RunningServer } from "./running-server.mjs" */

/**
 * @param {object} options
 * @param {string} options.path of the program; see findServer
 * @returns {Promise<RunningServer>}
 */
export async function startVictoriaMetrics({ path }) {
  const server = await startServerProcess({
    path,
    args: (address, folder) => [
      `-storageDataPath=${join(folder, "data")}`,
      `-httpListenAddr=${address}`,
      // By default it hides the newest 30 seconds, and caches answers.
      "-search.latencyOffset=0s",
      "-search.disableCache",
      "-memory.allowedBytes=256MiB",
    ],
    listening: /started server at http:\/\/(127\.0\.0\.1:\d+)\//,
    readyPath: "/health",
  });
  return Object.assign(
    server,
    createQueryApi(server.url, { beforeQuery: () => fetch(`${server.url}/internal/force_flush`) }),
    { writeUrl: `${server.url}/api/v1/write` },
  );
}
