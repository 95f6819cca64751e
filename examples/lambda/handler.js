// A handler as AWS Lambda calls it. Between invocations the process is frozen, so that nothing periodic can be relied on:
// each invocation delivers what it has recorded before it returns.
import { metrics } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { startRemoteWrite } from "@otel-remote-write/exporter";

// Outside of the handler: once for each execution environment. `instance` is the name of its log stream.
const remoteWrite = startRemoteWrite({
  url: process.env["REMOTE_WRITE_URL"] ?? "http://localhost:9090/api/v1/write",
  resource: resourceFromAttributes({ "service.name": "thumbnails" }),
  // A flush waits for twice that at most, retries included. Keep it below the function's own timeout.
  timeoutMillis: 2000,
});
const invocations = metrics.getMeter("thumbnails").createCounter("invocations", { unit: "{invocation}" });

/** @param {{ readonly kind: string }} event */
export async function handler({ kind }) {
  try {
    // … what the function is for …
    return { statusCode: 200 };
  } finally {
    invocations.add(1, { kind });
    await remoteWrite.forceFlush();
  }
}
