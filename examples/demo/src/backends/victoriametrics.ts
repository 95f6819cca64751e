import type { Backend } from "./backend.js";
import { createServerBackend } from "./server-backend.js";
import { startServer } from "./server-module.js";

/** A real VictoriaMetrics, single node. */
export async function startVictoriaMetrics(): Promise<Backend> {
  return createServerBackend(await startServer("victoriametrics"), {
    title: "VictoriaMetrics",
    userInterface: "/vmui/",
    // It stores decimals with this precision.
    significantDigits: 12,
    pushesMetric: 'vm_http_requests_total{path="/api/v1/write"',
    samplesMetric: 'vm_rows_inserted_total{type="promremotewrite"',
  });
}
