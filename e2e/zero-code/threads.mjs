// A counter in the main thread and in two worker threads.
import { metrics } from "@opentelemetry/api";
import { isMainThread, Worker } from "node:worker_threads";

metrics.getMeter("shop").createCounter("orders").add(1);
if (isMainThread) {
  const workers = [1, 2].map(() => new Worker(new URL(import.meta.url)));
  console.log(workers.length);
}
