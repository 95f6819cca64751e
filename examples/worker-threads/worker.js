import { workerData } from "node:worker_threads";
import { metrics } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { startRemoteWrite } from "@otel-remote-write/exporter";

// A thread has modules of its own, and so a meter provider of its own.
const remoteWrite = startRemoteWrite({
  url: workerData.remoteWriteUrl,
  resource: resourceFromAttributes({ "service.name": "resizer" }),
});
const jobs = metrics.getMeter("resizer").createCounter("jobs", { unit: "{job}" });

for (let job = 0; job < workerData.jobs; job++) jobs.add(1);
// Awaited, so that the thread lives until its counts have arrived; terminate() would not wait.
await remoteWrite.shutdown();
