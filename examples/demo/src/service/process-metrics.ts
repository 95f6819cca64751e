import { performance } from "node:perf_hooks";
import { cpuUsage, memoryUsage } from "node:process";
import type { Meter } from "@opentelemetry/api";
import type { Recorder } from "../recorded/recorder.js";

/** Observable instruments: their values are read when metrics are collected. */
export function observeProcess(meter: Meter, recorder: Recorder): void {
  recorder.observable(
    meter.createObservableCounter("process.cpu.time", {
      unit: "s",
      description: "CPU seconds of this process.",
    }),
    "process_cpu_time_seconds_total",
    "counter",
    (observe) => {
      const { user, system } = cpuUsage();
      observe(user / 1e6, { "cpu.mode": "user" });
      observe(system / 1e6, { "cpu.mode": "system" });
    },
  );
  recorder.observable(
    meter.createObservableUpDownCounter("process.memory.usage", {
      unit: "By",
      description: "Physical memory of this process.",
    }),
    "process_memory_usage_bytes",
    "gauge",
    (observe) => observe(memoryUsage.rss()),
  );
  recorder.observable(
    meter.createObservableGauge("nodejs.eventloop.utilization", {
      unit: "1",
      description: "Share of its time in which the event loop was busy.",
    }),
    "nodejs_eventloop_utilization_ratio",
    "gauge",
    (observe) => observe(performance.eventLoopUtilization().utilization),
  );
}
