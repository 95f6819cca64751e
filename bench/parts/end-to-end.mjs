import { sendProgram } from "../children/programs.mjs";
import { interleave } from "../measure/interleave.mjs";
import { distribution } from "../measure/statistics.mjs";
import { startServer } from "../../scripts/servers/running-server.mjs";
import { NotAvailableError } from "../../scripts/servers/not-available-error.mjs";
import { mainShape, seriesOf } from "../workload/shapes.mjs";

/** @import { Sender, SendOptions } from "../children/send.mjs" */
/** @import { Effort } from "../measure/interleave.mjs" */
/** @import { Distribution } from "../measure/statistics.mjs" */
/** @import { RunningServer } from "../../scripts/servers/running-server.mjs" */

/**
 * @typedef {object} Sending
 * @property {string} name
 * @property {Distribution | undefined} cpuSeconds of the sending process for each million samples; undefined where it
 *   could not be measured
 * @property {string} [reason] why it could not
 *
 * @typedef {object} Path
 * @property {string} name
 * @property {"prometheus" | "victoriametrics" | undefined} server
 * @property {(server: RunningServer) => Sender} sender
 */

/** @type {Sender} */
const none = { kind: "none" };

/** @type {readonly Path[]} */
const paths = [
  { name: "SDK alone: recording and collecting", server: undefined, sender: () => none },
  {
    name: "2.0 + snappyjs into Prometheus",
    server: "prometheus",
    sender: remoteWrite("io.prometheus.write.v2.Request"),
  },
  {
    name: "1.0 + snappyjs into Prometheus",
    server: "prometheus",
    sender: remoteWrite("prometheus.WriteRequest"),
  },
  {
    name: "1.0 + snappyjs into VictoriaMetrics",
    server: "victoriametrics",
    sender: remoteWrite("prometheus.WriteRequest"),
  },
  { name: "OTLP protobuf into VictoriaMetrics", server: "victoriametrics", sender: otlp("none") },
  { name: "OTLP protobuf + gzip into VictoriaMetrics", server: "victoriametrics", sender: otlp("gzip") },
];

/** @type {(protobufMessage: "prometheus.WriteRequest" | "io.prometheus.write.v2.Request") => (server: RunningServer) => Sender} */
function remoteWrite(protobufMessage) {
  return ({ writeUrl }) => ({ kind: "remote-write", url: writeUrl, protobufMessage });
}

/** @type {(compression: "none" | "gzip") => (server: RunningServer) => Sender} */
function otlp(compression) {
  return ({ url }) => ({ kind: "otlp", url: `${url}/opentelemetry/v1/metrics`, compression });
}

/**
 * Sends to real servers, one for each path, and checks at the end that they have stored every sample.
 *
 * @param {Effort & { exports: number }} effort `exports` in each round
 * @returns {Promise<Sending[]>}
 */
export async function measureEndToEnd({ exports, warmUp, rounds }) {
  /** @type {(RunningServer | undefined)[]} */
  const servers = [];
  /** @type {Map<Path, string>} */
  const missing = new Map();
  try {
    for (const path of paths) {
      servers.push(await start(path));
    }
    const measured = paths.filter((path) => !missing.has(path));
    /** @type {SendOptions[]} */
    const options = measured.map((path) => ({
      sender: path.sender(/** @type {RunningServer} */ (servers[paths.indexOf(path)])),
      exports,
    }));
    const replies = await interleave(sendProgram, options, { warmUp, rounds });
    const samples = seriesOf(mainShape) * exports;
    for (const path of measured) {
      await checkStored(path, servers[paths.indexOf(path)], samples * (warmUp + rounds));
    }
    return paths.map((path) => {
      const ofPath = replies[measured.indexOf(path)];
      if (ofPath === undefined)
        return { name: path.name, cpuSeconds: undefined, reason: missing.get(path) ?? "" };
      const cpuSeconds = ofPath.map(({ cpuMillis }) => (cpuMillis / 1000 / samples) * 1e6);
      return { name: path.name, cpuSeconds: distribution(cpuSeconds) };
    });
  } finally {
    for (const server of servers) await server?.stop();
  }

  /** @param {Path} path */
  async function start(path) {
    if (path.server === undefined) return undefined;
    try {
      return await startServer(path.server);
    } catch (error) {
      if (!(error instanceof NotAvailableError)) throw error;
      missing.set(path, error.message);
      return undefined;
    }
  }
}

/** @param {Path} path @param {RunningServer | undefined} server @param {number} expected */
async function checkStored({ name }, server, expected) {
  if (server === undefined) return;
  let stored = 0;
  // One name after the other, since what counts over time forgets the name.
  for (const { labels } of await server.query('count by (__name__) ({__name__=~"shop.+"})')) {
    const [result] = await server.query(`sum(count_over_time({__name__="${labels["__name__"]}"}[1h]))`);
    stored += result?.point.value ?? 0;
  }
  if (stored !== expected) throw new Error(`${name}: ${stored} samples were stored of ${expected}`);
}
