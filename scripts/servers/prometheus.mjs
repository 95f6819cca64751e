import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createQueryApi } from "./query-api.mjs";
import { startServerProcess } from "./server-process.mjs";

/** @import { RunningServer } from "./running-server.mjs" */

/** @typedef {"prometheus.WriteRequest" | "io.prometheus.write.v2.Request"} WriteMessage */

/**
 * @param {object} options
 * @param {string} options.path of the program; see findServer
 * @param {WriteMessage[]} [options.acceptedMessages] by default both; any other is answered 415
 * @param {object} [options.webConfig] what `--web.config.file` holds: users, TLS
 * @param {(url: string) => Promise<Response>} [options.get] asks it, where that needs credentials or certificates
 * @returns {Promise<RunningServer>}
 */
export async function startPrometheus({
  path,
  acceptedMessages = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request"],
  webConfig,
  get,
}) {
  const server = await startServerProcess({
    path,
    args: (address, folder) => {
      const configFile = join(folder, "prometheus.yml");
      writeFileSync(configFile, "");
      const webConfigFile = join(folder, "web.yml");
      // JSON is YAML, too.
      if (webConfig !== undefined) writeFileSync(webConfigFile, JSON.stringify(webConfig));
      return [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${join(folder, "data")}`,
        `--web.listen-address=${address}`,
        "--web.enable-remote-write-receiver",
        ...acceptedMessages.map((name) => `--web.remote-write-receiver.accepted-protobuf-messages=${name}`),
        "--enable-feature=native-histograms,exemplar-storage",
        ...(webConfig === undefined ? [] : [`--web.config.file=${webConfigFile}`]),
      ];
    },
    listening: /msg="Listening on".* address=(127\.0\.0\.1:\d+)\s/,
    ...(webConfig === undefined
      ? { readyPath: "/-/ready" }
      : { ready: /Server is ready to receive web requests/ }),
  });
  const scheme = webConfig !== undefined && "tls_server_config" in webConfig ? "https" : "http";
  const url = `${scheme}://${server.address}`;
  return Object.assign(server, createQueryApi(url, get && { get }), { writeUrl: `${url}/api/v1/write` });
}
