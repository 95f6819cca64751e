import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServerProcess } from "./server-process.mjs";

/** @import { ServerProcess } from "./server-process.mjs" */

/**
 * tinyproxy, a proxy for plain HTTP and for CONNECT to every port.
 *
 * @param {object} options
 * @param {string} options.path of the program; see findServer
 * @param {{ user: string, password: string }} [options.credentials] without which it answers 407
 * @returns {Promise<ServerProcess>}
 */
export function startTinyproxy({ path, credentials }) {
  return startServerProcess({
    path,
    args: (address, folder) => {
      const file = join(folder, "tinyproxy.conf");
      const lines = [
        `Port ${new URL(`http://${address}`).port}`,
        "Listen 127.0.0.1",
        "Allow 127.0.0.1",
        "Timeout 60",
        "LogLevel Info",
        ...(credentials === undefined ? [] : [`BasicAuth ${credentials.user} ${credentials.password}`]),
      ];
      writeFileSync(file, `${lines.join("\n")}\n`);
      return ["-d", "-c", file];
    },
  });
}
