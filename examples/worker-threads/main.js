import { once } from "node:events";
import { hostname } from "node:os";
import { Worker } from "node:worker_threads";
import { metrics } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { startRemoteWrite } from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";

const receiver = await startReceiver(); // in the place of a backend
const resource = resourceFromAttributes({ "service.name": "resizer" });
const remoteWrite = startRemoteWrite({ url: receiver.url, resource });
metrics.getMeter("resizer").createCounter("jobs", { unit: "{job}" }).add(10);

const workers = [1, 2].map(
  (jobs) =>
    new Worker(new URL("worker.js", import.meta.url), { workerData: { jobs, remoteWriteUrl: receiver.url } }),
);
const threadIds = workers.map((worker) => worker.threadId);
await Promise.all(workers.map((worker) => once(worker, "exit")));
await remoteWrite.shutdown();

const main = `${hostname()}:${process.pid}`;
const instances = [main, ...threadIds.map((threadId) => `${main}:${threadId}`)];
for (const [index, instance] of instances.entries()) {
  const value = receiver.value({ __name__: "jobs_total", job: "resizer", instance });
  const shown = index === 0 ? "<host>:<pid>" : "<host>:<pid>:<thread id>";
  console.log(`${index === 0 ? "main thread" : `thread ${index}`}: jobs_total{instance="${shown}"} ${value}`);
}
console.log(`series of jobs_total: ${receiver.find({ __name__: "jobs_total" }).length}`);
await receiver.close();
