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
 * The SDK logs an error as JSON with a stack of its own inside, and the API the stack as it is: the message says as much,
 * in one line.
 */
function writeError(text: string, ...parts: unknown[]): void {
  const [message = ""] = messageIn(text).split("\n    at ");
  if (message.includes("duplicate registration of API: metrics")) {
    write(
      "otel-remote-write: the application's own meter provider is not registered, as this one is (duplicate registration):",
      "what is recorded by way of @opentelemetry/api comes here alone",
    );
  } else {
    write(message, ...parts);
  }
}

function writeErrorOnce(text: string, ...parts: unknown[]): void {
  if (!isSaidAlready.test(messageIn(text))) writeError(text, ...parts);
}

/**
 * What the SDK's reader makes of a failed export of ours, and not of another exporter's that the application has. Ours has
 * said the same, with the number of samples, of each kind once a minute and not each time.
 */
const isSaidAlready =
  /^PeriodicExportingMetricReader: metrics export failed \(error (?:RemoteWrite)?Error: (?:queued, will be retried: |\d+ of \d+ requests failed: )*(?:remote write to |dropped \()/;

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
  const logger: DiagLogger = {
    // Without warnings, of some failures nobody else says anything.
    error: level < DiagLogLevel.WARN ? writeError : writeErrorOnce,
    warn: write,
    info: write,
    debug: write,
    verbose: write,
  };
  diag.setLogger(logger, { logLevel: level, suppressOverrideMessage: true });
  if (!(chosen in levels)) {
    diag.warn(
      `otel-remote-write: OTEL_LOG_LEVEL: must be one of ${Object.keys(levels).join(", ")}; it is ignored`,
    );
  }
}
