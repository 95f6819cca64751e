import { performance } from "node:perf_hooks";
import { metrics } from "@opentelemetry/api";

/** Observable instruments: they are read when metrics are collected. */
export function observeProcess() {
  const meter = metrics.getMeter("process-metrics");
  meter
    .createObservableUpDownCounter("process.memory.usage", {
      unit: "By",
      description: "Physical memory in use.",
    })
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  meter
    .createObservableGauge("nodejs.eventloop.utilization", {
      unit: "1",
      description: "Share of time in which the event loop was busy.",
    })
    .addCallback((result) => result.observe(performance.eventLoopUtilization().utilization));
}
