/** Where OpenTelemetry's instrumentation keeps what it has wrapped. */
const mark = "__original";

/**
 * A function without what instrumentation has put around it, by the convention of OpenTelemetry's: our own requests
 * must not be counted among the application's (H13). Whoever wraps it otherwise means something else by it, and stays.
 */
export function unwrapped<F extends object>(wrapped: F): F {
  let inner = wrapped;
  for (;;) {
    const next: unknown = Reflect.get(inner, mark);
    if (typeof next !== "function") return inner;
    inner = next as F;
  }
}
