import { PrometheusSerializer } from "@opentelemetry/exporter-prometheus";

/** @import { Subject } from "./subject.mjs" */

/**
 * What the pull exporter answers a scrape with. It has no compression.
 *
 * @returns {Subject}
 */
export function createPrometheusTextSubject() {
  const serializer = new PrometheusSerializer();
  return {
    prepare: (metrics) => () => ({ bodies: [Buffer.from(serializer.serialize(metrics))] }),
  };
}
