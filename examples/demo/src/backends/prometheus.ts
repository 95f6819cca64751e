import type { Backend } from "./backend.js";
import { createServerBackend } from "./server-backend.js";
import { startServer } from "./server-module.js";

/** A real Prometheus with its remote-write receiver switched on. */
export async function startPrometheus(): Promise<Backend> {
  return createServerBackend(await startServer("prometheus"), {
    title: "Prometheus",
    userInterface: "/query",
    pushesMetric: 'prometheus_http_requests_total{code="204",handler="/api/v1/write"',
    samplesMetric: "prometheus_tsdb_head_samples_appended_total",
  });
}
