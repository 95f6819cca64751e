import { gzipSync } from "node:zlib";
import { JsonMetricsSerializer, ProtobufMetricsSerializer } from "@opentelemetry/otlp-transformer";

/** @import { Subject } from "./subject.ts" */

/** What the OTLP exporters call, with the level of theirs. */
const gzipLevel = 6;

/**
 * @param {{ json?: boolean, gzip: boolean }} options
 * @returns {Subject}
 */
export function createOtlpSubject({ json = false, gzip }) {
  const serializer = json ? JsonMetricsSerializer : ProtobufMetricsSerializer;
  return {
    prepare: (metrics) => () => {
      const bytes = serializer.serializeRequest(metrics);
      if (bytes === undefined) throw new Error("the OTLP serializer gave nothing");
      return { bodies: [gzip ? gzipSync(bytes, { level: gzipLevel }) : bytes] };
    },
  };
}
