import { findServer } from "./find-server.mjs";
import { NotAvailableError } from "./not-available-error.mjs";
import { startPrometheus } from "./prometheus.mjs";
import { startVictoriaMetrics } from "./victoriametrics.mjs";

/** @import { ServerName } from "./find-server.mjs" */
/** @import { QueryApi } from "./query-api.mjs" */
/** @import { ServerProcess } from "./server-process.mjs" */

/** @typedef {ServerProcess & QueryApi & { writeUrl: string }} RunningServer */

/**
 * Finds and starts a server as the end-to-end tests use it.
 *
 * @param {ServerName} name
 * @returns {Promise<RunningServer>}
 * @throws {NotAvailableError} there is none on this machine; the message says what to do
 */
export async function startServer(name) {
  const found = await findServer(name);
  if ("reason" in found) throw new NotAvailableError(found.reason);
  return name === "prometheus" ? startPrometheus(found) : startVictoriaMetrics(found);
}
