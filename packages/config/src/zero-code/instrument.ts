import { createRequire } from "node:module";
import { diag, type MeterProvider, ProxyTracerProvider } from "@opentelemetry/api";
import type * as Http from "@opentelemetry/instrumentation-http";
import type * as Runtime from "@opentelemetry/instrumentation-runtime-node";
import { type Environment, lookUp } from "../environment/environment.js";

// Loaded one by one: with the SDK 2.x, whose `@opentelemetry/api` is too old for them, there is the rest at least.
const load = createRequire(import.meta.url);

const instrumentations = { http: instrumentHttp, "runtime-node": instrumentRuntime } as const;

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
      const reason = error instanceof Error ? error.message.split("\n")[0] : "unknown error";
      diag.warn(
        `otel-remote-write: without metrics of ${name}, which needs @opentelemetry/api 1.10 and SDK 3.x: ${reason}`,
      );
    }
  }
}

function names(env: Environment, variable: string): readonly string[] | undefined {
  return lookUp(env, variable)
    ?.split(",")
    .map((name) => name.trim());
}

function instrumentRuntime(meterProvider: MeterProvider): void {
  const { RuntimeNodeInstrumentation } = load(
    "@opentelemetry/instrumentation-runtime-node",
  ) as typeof Runtime;
  new RuntimeNodeInstrumentation().setMeterProvider(meterProvider);
}

function instrumentHttp(meterProvider: MeterProvider): void {
  const { HttpInstrumentation } = load("@opentelemetry/instrumentation-http") as typeof Http;
  const http = new HttpInstrumentation({ disableOutgoingRequestInstrumentation: true });
  http.setMeterProvider(meterProvider);
  // Spans are the business of an application that has tracing, and then of its own instrumentation.
  http.setTracerProvider(new ProxyTracerProvider());
  // What patches a module waits for `require`, which an application of ES modules may never call.
  load("http");
  load("https");
}
