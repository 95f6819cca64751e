import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServerProcess } from "./server-process.mjs";

/** @import { ServerProcess } from "./server-process.mjs" */

/**
 * nginx, without root and without anything of its own on the machine.
 *
 * @param {object} options
 * @param {string} options.path of the program; see findServer
 * @param {(address: string) => string} options.server gives what stands in the block `server { … }`; `listen` included
 * @returns {Promise<ServerProcess>}
 */
export function startNginx({ path, server }) {
  return startServerProcess({
    path,
    args: (address, folder) => {
      const file = join(folder, "nginx.conf");
      const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
        (name) => `${name}_temp_path ${join(folder, name)};`,
      );
      writeFileSync(
        file,
        `daemon off; master_process off; pid ${join(folder, "nginx.pid")}; error_log stderr info;
         events {}
         http { access_log off; ${temporary.join(" ")} server { ${server(address)} } }`,
      );
      return ["-p", folder, "-e", "stderr", "-c", file];
    },
  });
}
