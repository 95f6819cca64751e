import { PrometheusSerializer } from "@opentelemetry/exporter-prometheus";

/** @import { Subject } from "./subject.ts" */

/**
 * What the pull exporter answers a scrape with. It has no compression.
 *
 * @returns {Subject}
 */
export function createPrometheusTextSubject() {
  const serializer = new PrometheusSerializer();
  return {
    // Its enums are those of another patch version of the same SDK.
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment
    prepare: (metrics) => () => ({ bodies: [Buffer.from(serializer.serialize(metrics))] }),
  };
}
