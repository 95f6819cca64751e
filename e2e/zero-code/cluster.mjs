// A counter in the primary process and in two workers of a cluster.
import { metrics } from "@opentelemetry/api";
import cluster from "node:cluster";

metrics.getMeter("shop").createCounter("orders").add(1);
if (cluster.isPrimary) {
  for (let i = 0; i < 2; i++) cluster.fork();
} else {
  cluster.worker?.disconnect();
}
