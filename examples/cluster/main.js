import cluster from "node:cluster";
import { once } from "node:events";
import { hostname } from "node:os";
import { join } from "node:path";
import { startReceiver } from "@otel-remote-write/receiver";

const receiver = await startReceiver(); // in the place of a backend
cluster.setupPrimary({ exec: join(import.meta.dirname, "worker.js") });

const workers = [1, 2, 3].map(() => cluster.fork({ REMOTE_WRITE_URL: receiver.url }));
await Promise.all(workers.map((worker) => once(worker, "message")));

// The first worker gets one job, the second two, the third three.
for (const [index, worker] of workers.entries()) {
  for (let job = 0; job <= index; job++) worker.send("job");
  worker.send("stop");
}
await Promise.all(workers.map((worker) => once(worker, "exit")));

for (const [index, worker] of workers.entries()) {
  const instance = `${hostname()}:${worker.process.pid}`;
  const value = receiver.value({ __name__: "jobs_total", job: "resizer", instance });
  console.log(`worker ${index + 1}: jobs_total{instance="<host>:<its pid>"} ${value}`);
}
console.log(`series of jobs_total: ${receiver.find({ __name__: "jobs_total" }).length}`);
await receiver.close();
