import { PrometheusSerializer } from "@opentelemetry/exporter-prometheus";

/** @import { Subject } from "./subject.mjs" */

/**
 * What the pull exporter answers a scrape with. It has no compression.
 *
 * @param {string} name
 * @returns {Subject}
 */
export function createPrometheusTextSubject(name) {
  const serializer = new PrometheusSerializer();
  return {
    name,
    prepare: (metrics) => () => ({ bodies: [Buffer.from(serializer.serialize(metrics))] }),
  };
}
