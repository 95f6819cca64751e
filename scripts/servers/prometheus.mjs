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
 * @returns {Promise<RunningServer>}
 */
export async function startPrometheus({
  path,
  acceptedMessages = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request"],
}) {
  const server = await startServerProcess({
    path,
    args: (address, folder) => {
      const configFile = join(folder, "prometheus.yml");
      writeFileSync(configFile, "");
      return [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${join(folder, "data")}`,
        `--web.listen-address=${address}`,
        "--web.enable-remote-write-receiver",
        ...acceptedMessages.map((name) => `--web.remote-write-receiver.accepted-protobuf-messages=${name}`),
        "--enable-feature=native-histograms,exemplar-storage",
      ];
    },
    listening: /msg="Listening on".* address=(127\.0\.0\.1:\d+)\s/,
    readyPath: "/-/ready",
  });
  return Object.assign(server, createQueryApi(server.url), { writeUrl: `${server.url}/api/v1/write` });
}
