// An application with a spool, for tests that kill it: `application.mjs <url> <directory> <message> <first number>`. It
// exports numbers, one after another, as three series in a request each, and says each when it is accepted.
// With "drain" for the first number it only sends what is there.
import { writeSync } from "node:fs";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { createSpool } from "@otel-remote-write/spool";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";

const [url = "", directory = "", message = "", first = ""] = process.argv.slice(2);
/** @type {import("@otel-remote-write/exporter").RemoteWriteMetricExporterOptions} */
const options = {
  url,
  protobufMessage: message === "1.0" ? "prometheus.WriteRequest" : "io.prometheus.write.v2.Request",
  timeoutMillis: 2000,
  queue: { maxSamplesPerSend: 1, minBackoffMillis: 5, maxBackoffMillis: 50 },
  translator: { targetInfo: false },
  spool: createSpool({ directory }),
};

/** So that what was said is known to have happened, whenever the process is killed. @param {string} line */
function say(line) {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      // The pipe is full.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

let number = Number(first);
const exporter = new RemoteWriteMetricExporter(options);
if (first === "drain") {
  // A flush waits for a limited time, and a second one not at all where nothing has come since.
  for (await exporter.forceFlush(); exporter.stats().spool?.samples !== 0;) await setTimeout(10);
  await exporter.shutdown();
  say(JSON.stringify(exporter.stats()));
} else {
  const reader = new PeriodicExportingMetricReader({
    exporter: {
      export(metrics, done) {
        exporter.export(metrics, (result) => {
          // Whatever becomes of it, the spool has it, unless it says otherwise.
          say(
            `${result.error?.message.includes("in memory only") === true ? "failed" : "accepted"} ${number}`,
          );
          done(result);
        });
      },
      forceFlush: async () => {},
      shutdown: () => exporter.shutdown(),
    },
    exportIntervalMillis: 3_600_000,
  });
  const resource = resourceFromAttributes({ "service.name": "killed", "service.instance.id": "same" });
  const meter = new MeterProvider({ resource, readers: [reader] }).getMeter("killed");
  const gauges = ["a", "b", "c"].map((name) => meter.createGauge(name));
  for (;;) {
    for (const gauge of gauges) gauge.record(number);
    await reader.forceFlush();
    number++;
    // Other numbers have other milliseconds.
    const start = Date.now();
    while (Date.now() <= start) await new Promise(setImmediate);
  }
}
