import { gzipSync } from "node:zlib";
import { JsonMetricsSerializer, ProtobufMetricsSerializer } from "@opentelemetry/otlp-transformer";

/** @import { ResourceMetrics } from "@opentelemetry/sdk-metrics" */
/** @import { Subject } from "./subject.mjs" */

/** What the OTLP exporters call, with the level of theirs. */
const gzipLevel = 6;

/**
 * @param {string} name
 * @param {{ json?: boolean, gzip: boolean }} options
 * @returns {Subject}
 */
export function createOtlpSubject(name, { json = false, gzip }) {
  const serializer = json ? JsonMetricsSerializer : ProtobufMetricsSerializer;
  return {
    name,
    prepare: (metrics) => () => {
      const bytes = serializer.serializeRequest(metrics);
      if (bytes === undefined) throw new Error(`${name}: the serializer gave nothing`);
      return { bodies: [gzip ? gzipSync(bytes, { level: gzipLevel }) : bytes] };
    },
  };
}
