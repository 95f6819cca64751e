import http from "node:http";
import https from "node:https";
import { createRequire } from "node:module";
import { diag, type MeterProvider, ProxyTracerProvider } from "@opentelemetry/api";
import type * as Http from "@opentelemetry/instrumentation-http";
import type * as Runtime from "@opentelemetry/instrumentation-runtime-node";
import type { Environment } from "../environment/environment.js";
import { readNames } from "./known-names.js";

// Loaded one by one: with the SDK 2.x, whose `@opentelemetry/api` is too old for them, there is the rest at least.
const load = createRequire(import.meta.url);

const instrumentations = { http: instrumentHttp, "runtime-node": instrumentRuntime } as const;

/**
 * Measures what an application does without its help: the durations of its HTTP server's requests, and Node's runtime.
 * `OTEL_NODE_ENABLED_INSTRUMENTATIONS` and `OTEL_NODE_DISABLED_INSTRUMENTATIONS` choose, as for
 * `@opentelemetry/auto-instrumentations-node`.
 */
export function instrument(meterProvider: MeterProvider, env: Environment): void {
  const known = Object.keys(instrumentations);
  const enabled = readNames(env, "OTEL_NODE_ENABLED_INSTRUMENTATIONS", known);
  // What others have and is not here is left out anyway.
  const disabled = readNames(env, "OTEL_NODE_DISABLED_INSTRUMENTATIONS", known, true) ?? [];
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

function instrumentRuntime(meterProvider: MeterProvider): void {
  const { RuntimeNodeInstrumentation } = load(
    "@opentelemetry/instrumentation-runtime-node",
  ) as typeof Runtime;
  new RuntimeNodeInstrumentation().setMeterProvider(meterProvider);
}

function instrumentHttp(meterProvider: MeterProvider): void {
  const { HttpInstrumentation } = load("@opentelemetry/instrumentation-http") as typeof Http;
  // Its hook is called for the first `require` of a module alone, and then that of an instrumentation of the application's
  // would not be, which would get neither spans nor metrics. So the modules are patched here, as `import` gives them; where
  // the application then patches them, that takes the place of ours, and requests are counted once.
  const instrumentation = new HttpInstrumentation({
    enabled: false,
    disableOutgoingRequestInstrumentation: true,
  });
  instrumentation.setMeterProvider(meterProvider);
  // Spans are the business of an application that has tracing, and then of its own instrumentation.
  instrumentation.setTracerProvider(new ProxyTracerProvider());
  for (const { name, patch } of instrumentation.getModuleDefinitions()) {
    patch?.(name === "https" ? https : http, process.versions.node);
  }
}
