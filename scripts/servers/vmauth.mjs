import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServerProcess } from "./server-process.mjs";

/** @import { ServerProcess } from "./server-process.mjs" */

/**
 * vmauth, which asks for credentials in front of another server.
 *
 * @param {object} options
 * @param {string} options.path of the program; see findServer
 * @param {object} options.config what `-auth.config` holds
 * @returns {Promise<ServerProcess>}
 */
export function startVmauth({ path, config }) {
  return startServerProcess({
    path,
    args: (address, folder) => {
      const file = join(folder, "auth.yml");
      // JSON is YAML, too.
      writeFileSync(file, JSON.stringify(config));
      return [`-auth.config=${file}`, `-httpListenAddr=${address}`];
    },
    listening: /started server at http:\/\/(127\.0\.0\.1:\d+)\//,
    readyPath: "/health",
  });
}
