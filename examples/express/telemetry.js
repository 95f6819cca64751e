// Everything about where metrics go. Import it before what records metrics.
import { resourceFromAttributes } from "@opentelemetry/resources";
import { startRemoteWrite } from "@otel-remote-write/exporter";

export const remoteWrite = startRemoteWrite({
  url: process.env["REMOTE_WRITE_URL"] ?? "http://localhost:9090/api/v1/write",
  exportIntervalMillis: 1000 * Number(process.env["EXPORT_INTERVAL_SECONDS"] ?? 15),
  // `service.name` becomes the label `job`; the label `instance` tells processes apart by itself.
  resource: resourceFromAttributes({
    "service.name": "shop",
    "service.version": "1.4.0",
    "deployment.environment.name": "demo",
  }),
});
