import { isMainThread } from "node:worker_threads";
import { ConfigError } from "../config-error.js";
import { lookUp } from "../environment/environment.js";
import { startPipelines } from "../start-from-config.js";
import { findResource } from "./detect-resource.js";
import { flushAtEnd } from "./end-of-process.js";
import { instrument } from "./instrument.js";
import { logToStderr } from "./stderr-log.js";

/** Command lines hold secrets at times, and a pid makes another `target_info` of every start. */
const notOfTarget = ["process.command", "process.command_args", "process.pid"];

/** However many copies of this package are loaded, one starts. */
const started = Symbol.for("@otel-remote-write/config started");

/**
 * Starts metrics for an application that knows nothing of them, once in each thread. Never throws: with a configuration
 * that is no good, one line on standard error says why there are none.
 */
export function startZeroCode(): void {
  const { env } = process;
  if (started in globalThis || lookUp(env, "OTEL_METRICS_EXPORTER")?.toLowerCase() === "none") return;
  Object.defineProperty(globalThis, started, { value: true });
  try {
    logToStderr(env);
    const running = startPipelines({
      env,
      resource: findResource(env),
      options: { translator: { targetInfo: { exclude: notOfTarget } } },
    });
    // The SDK is disabled.
    if (running.pipelines.length === 0) return;
    instrument(running.remoteWrite.meterProvider, env);
    flushAtEnd(running);
  } catch (error) {
    // Every thread has the same configuration.
    if (isMainThread)
      console.error(`otel-remote-write: the application runs without metrics: ${describe(error)}`);
  }
}

/** In one line. */
function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.join(" | ");
  return error instanceof Error ? error.message.replaceAll("\n", " ") : "unknown error";
}
