import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { seriesCounter } from "./count-series.mjs";

/** @import { ResourceMetrics } from "@opentelemetry/sdk-metrics" */
/** @import { Codec, ProtobufMessage } from "@otel-remote-write/transport" */
/** @import { Subject } from "./subject.ts" */

/** Without these a 2.0 receiver is taken for one that stored nothing, and with less than was sent there is a warning. */
const written = Object.fromEntries(
  ["Samples", "Histograms", "Exemplars"].map((kind) => [
    `X-Prometheus-Remote-Write-${kind}-Written`,
    "1000000",
  ]),
);

/**
 * The real exporter, whose requests a function answers that does nothing.
 *
 * @param {ProtobufMessage} protobufMessage
 * @param {Codec} codec
 * @param {(body: Uint8Array) => void} [onBody]
 */
function createSwallowingExporter(protobufMessage, codec, onBody = () => {}) {
  return new RemoteWriteMetricExporter({
    url: "http://127.0.0.1:9/api/v1/write",
    protobufMessage,
    codec,
    fetch: async (_url, init) => {
      onBody(/** @type {Uint8Array} */ (init?.body));
      return new Response(null, { status: 204, headers: written });
    },
  });
}

/**
 * Resolves when everything was sent.
 *
 * @param {Pick<RemoteWriteMetricExporter, "export">} exporter
 * @param {ResourceMetrics} metrics
 * @returns {Promise<void>}
 */
export function exportOnce(exporter, metrics) {
  return new Promise((resolve, reject) => {
    exporter.export(metrics, ({ error }) => (error === undefined ? resolve() : reject(error)));
  });
}

/**
 * The whole exporter: queue, one turn of the event loop for each request, and the HTTP client up to `fetch`.
 *
 * @param {ProtobufMessage} message
 * @param {Codec} codec
 * @returns {Subject}
 */
export function createExporterSubject(message, codec) {
  /** @type {Uint8Array[]} */
  let bodies = [];
  const exporter = createSwallowingExporter(message, codec, (body) => bodies.push(body));
  return {
    countSeries: seriesCounter(message),
    prepare: (metrics) => async () => {
      bodies = [];
      await exportOnce(exporter, metrics);
      return { bodies };
    },
  };
}
