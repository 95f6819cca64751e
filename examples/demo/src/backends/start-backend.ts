import type { Backend, BackendName } from "./backend.js";
import { startEmbedded } from "./embedded.js";
import { startPrometheus } from "./prometheus.js";
import { startVictoriaMetrics } from "./victoriametrics.js";

const starts: Record<BackendName, () => Promise<Backend>> = {
  embedded: startEmbedded,
  prometheus: startPrometheus,
  victoriametrics: startVictoriaMetrics,
};

/** @throws {Error} it cannot be had or does not start; the message says why */
export async function startBackend(name: BackendName): Promise<Backend> {
  return starts[name]();
}
