// Measures what the whole sending process costs: records, collects and exports to a real server, over and over.
import { setTimeout as sleep } from "node:timers/promises";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { exportOnce } from "../subjects/exporter.mjs";
import { createApplication } from "../workload/application.mjs";
import { mainShape } from "../workload/shapes.mjs";
import { serve } from "./child.mjs";

/** @import { ProtobufMessage } from "@otel-remote-write/transport" */

/**
 * @typedef {{ kind: "none" }
 *   | { kind: "remote-write", url: string, protobufMessage: ProtobufMessage }
 *   | { kind: "otlp", url: string, compression: "gzip" | "none" }} Sender
 *
 * @typedef {object} SendOptions
 * @property {Sender} sender
 * @property {number} exports how many until the next answer
 *
 * @typedef {object} Sent
 * @property {number} cpuMillis user and system, of all threads of the process
 */

await serve(async (/** @type {SendOptions} */ { sender, exports }) => {
  const application = createApplication(mainShape);
  const exporter = createExporter(sender);

  async function exportAgain() {
    application.record();
    const metrics = await application.collect();
    if (exporter !== undefined) await exportOnce(exporter, metrics);
    // Collections are some time apart, and a receiver takes no second value for the same millisecond.
    await sleep(2);
  }

  return async () => {
    const before = process.cpuUsage();
    for (let i = 0; i < exports; i++) await exportAgain();
    const { user, system } = process.cpuUsage(before);
    return { cpuMillis: (user + system) / 1000 };
  };
});

/** @param {Sender} sender */
function createExporter(sender) {
  if (sender.kind === "none") return undefined;
  if (sender.kind === "otlp") {
    process.env["OTEL_EXPORTER_OTLP_COMPRESSION"] = sender.compression;
    return new OTLPMetricExporter({ url: sender.url });
  }
  return new RemoteWriteMetricExporter({ url: sender.url, protobufMessage: sender.protobufMessage });
}
