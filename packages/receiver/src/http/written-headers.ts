import type { MessageCounts } from "../decode/decoded-message.js";

/** The headers by which a 2.0 receiver says what it has stored. */
export function writtenHeaders(counts: MessageCounts): Record<string, string> {
  return {
    "X-Prometheus-Remote-Write-Samples-Written": String(counts.samples),
    "X-Prometheus-Remote-Write-Histograms-Written": String(counts.histograms),
    "X-Prometheus-Remote-Write-Exemplars-Written": String(counts.exemplars),
  };
}
