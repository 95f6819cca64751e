// What each worker does: it counts what it handles and pushes that itself. Nothing is added up in the primary process.
import { metrics } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { startRemoteWrite } from "@otel-remote-write/exporter";

const remoteWrite = startRemoteWrite({
  url: process.env["REMOTE_WRITE_URL"] ?? "http://localhost:9090/api/v1/write",
  // No `service.instance.id`, which all workers would share: without it, `instance` is "<host name>:<pid>".
  resource: resourceFromAttributes({ "service.name": "resizer" }),
});
const jobs = metrics.getMeter("resizer").createCounter("jobs", { unit: "{job}" });

process.on("message", (message) => {
  if (message === "stop") void stop();
  else jobs.add(1);
});
process.send?.("ready");

/** The last counts go out before the process ends. */
async function stop() {
  await remoteWrite.shutdown();
  process.disconnect();
}
