import { foreignText } from "@otel-remote-write/auth";

/** The part of OpenTelemetry's `diag` logger that is used. */
export interface Logger {
  warn(message: string): void;
  error(message: string): void;
}

/** A log that says the same kind of thing at most once a minute. */
export interface RateLimitedLog {
  /**
   * @param kind what kind of thing it is; of one kind only the first message of a minute is written, and the next one
   * that is written says how many were not
   */
  warn(kind: string, message: string): void;
  error(kind: string, message: string): void;
}

const intervalMillis = 60_000;
/** Kinds hold names of metrics, which can be many: beyond this the oldest are forgotten. */
const maxKinds = 1000;

/** @param monotonic milliseconds of a clock that is never set */
export function createRateLimitedLog(logger: Logger, monotonic: () => number): RateLimitedLog {
  const kinds = new Map<string, { loggedMillis: number; suppressed: number }>();

  /** The message to write, or undefined. */
  function admit(kind: string, message: string): string | undefined {
    const known = kinds.get(kind);
    const time = monotonic();
    if (known !== undefined && time - known.loggedMillis < intervalMillis) {
      known.suppressed++;
      return undefined;
    }
    kinds.delete(kind);
    kinds.set(kind, { loggedMillis: time, suppressed: 0 });
    const [oldest] = kinds.keys();
    if (kinds.size > maxKinds && oldest !== undefined) kinds.delete(oldest);
    const suppressed = known?.suppressed ?? 0;
    return suppressed === 0 ? message : `${message} (and ${suppressed} like it since the last message)`;
  }

  function write(level: "warn" | "error", kind: string, message: string): void {
    const admitted = admit(kind, message);
    if (admitted === undefined) return;
    try {
      // Names of metrics stand in it, which may have been made of input: they must not forge a line.
      logger[level](foreignText(admitted, []));
    } catch {
      // It is the application's, and there is nobody left to tell.
    }
  }

  return {
    warn: (kind, message) => write("warn", kind, message),
    error: (kind, message) => write("error", kind, message),
  };
}
