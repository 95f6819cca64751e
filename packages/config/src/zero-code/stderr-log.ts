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

/** The SDK logs an error as JSON with a stack of its own inside: the message says as much, in one line. */
function writeError(text: string, ...parts: unknown[]): void {
  write(messageIn(text), ...parts);
}

function messageIn(text: string): string {
  if (!text.startsWith("{")) return text;
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === "string" ? message : text;
  } catch {
    return text;
  }
}

/**
 * Writes OpenTelemetry's `diag` log to standard error, as nobody else does in an application that knows nothing of
 * metrics: from warnings on, or as `OTEL_LOG_LEVEL` says. Standard output is the application's.
 */
export function logToStderr(env: Environment): void {
  const chosen = lookUp(env, "OTEL_LOG_LEVEL")?.toLowerCase() ?? "warn";
  const level = levels[chosen] ?? DiagLogLevel.WARN;
  const logger: DiagLogger = { error: writeError, warn: write, info: write, debug: write, verbose: write };
  diag.setLogger(logger, { logLevel: level, suppressOverrideMessage: true });
  if (!(chosen in levels)) {
    diag.warn(
      `otel-remote-write: OTEL_LOG_LEVEL: must be one of ${Object.keys(levels).join(", ")}; it is ignored`,
    );
  }
}
