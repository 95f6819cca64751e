import type { Meter, MeterProvider } from "@opentelemetry/api";
import { describeKind } from "@otel-remote-write/auth";

/**
 * Makes instruments by a meter of the provider.
 *
 * @throws {TypeError} where the provider is none, or what it gives is no good
 */
export function withMeter<T>(meterProvider: MeterProvider, create: (meter: Meter) => T): T {
  try {
    return create(meterProvider.getMeter("@otel-remote-write/exporter"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(
      "RemoteWriteMetricExporter: selfObsMeterProvider must be a MeterProvider of @opentelemetry/api, such as " +
        `new MeterProvider(…) of the SDK, got ${describeKind(meterProvider)} that makes no instruments: ${why}`,
      { cause },
    );
  }
}
