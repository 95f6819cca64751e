import { createRequire } from "node:module";
import { diag, type MeterProvider, ProxyTracerProvider } from "@opentelemetry/api";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { RuntimeNodeInstrumentation } from "@opentelemetry/instrumentation-runtime-node";
import { type Environment, lookUp } from "../environment/environment.js";

const instrumentations = {
  http: instrumentHttp,
  "runtime-node": (meterProvider: MeterProvider) => {
    new RuntimeNodeInstrumentation().setMeterProvider(meterProvider);
  },
} as const;

/**
 * Measures what an application does without its help: the durations of its HTTP server's requests, and Node's runtime.
 * `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and `OTEL_NODE_DISABLED_INSTRUMENTATIONS` choose, as for
 * `@opentelemetry/auto-instrumentations-node`.
 */
export function instrument(meterProvider: MeterProvider, env: Environment): void {
  const enabled = names(env, "OTEL_NODE_ENABLED_INSTRUMENTATIONS");
  const disabled = names(env, "OTEL_NODE_DISABLED_INSTRUMENTATIONS") ?? [];
  for (const [name, start] of Object.entries(instrumentations)) {
    if (enabled?.includes(name) === false || disabled.includes(name)) continue;
    try {
      start(meterProvider);
    } catch (error) {
      diag.warn(`otel-remote-write: the instrumentation ${name} cannot be started`, error);
    }
  }
}

function names(env: Environment, variable: string): readonly string[] | undefined {
  return lookUp(env, variable)
    ?.split(",")
    .map((name) => name.trim());
}

function instrumentHttp(meterProvider: MeterProvider): void {
  const http = new HttpInstrumentation({ disableOutgoingRequestInstrumentation: true });
  http.setMeterProvider(meterProvider);
  // Spans are the business of an application that has tracing, and then of its own instrumentation.
  http.setTracerProvider(new ProxyTracerProvider());
  // What patches a module waits for `require`, which an application of ES modules may never call.
  const load = createRequire(import.meta.url);
  load("http");
  load("https");
}
