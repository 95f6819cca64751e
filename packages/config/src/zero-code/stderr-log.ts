import { diag, DiagLogLevel, type DiagLogger } from "@opentelemetry/api";
import type { Environment } from "../environment/environment.js";
import { lookUp } from "../environment/environment.js";

const levels: Readonly<Record<string, DiagLogLevel>> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};

function write(...parts: unknown[]): void {
  console.error(...parts);
}

/**
 * Writes OpenTelemetry's `diag` log to standard error, as nobody else does in an application that knows nothing of
 * metrics: from warnings on, or as `OTEL_LOG_LEVEL` says. Standard output is the application's.
 */
export function logToStderr(env: Environment): void {
  const level = levels[lookUp(env, "OTEL_LOG_LEVEL")?.toLowerCase() ?? ""] ?? DiagLogLevel.WARN;
  const logger: DiagLogger = { error: write, warn: write, info: write, debug: write, verbose: write };
  diag.setLogger(logger, { logLevel: level, suppressOverrideMessage: true });
}
