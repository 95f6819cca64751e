import { context, createContextKey, ROOT_CONTEXT } from "@opentelemetry/api";
import type { RemoteWriteClient } from "@otel-remote-write/transport";

/**
 * The key by which @opentelemetry/core says that nothing is to be traced. It is the same symbol in all its versions:
 * taking it from there would tie the exporter to a version, as it is for the result codes of `export()`.
 */
const suppressTracing = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");
const untraced = ROOT_CONTEXT.setValue(suppressTracing, true);

/**
 * A client whose requests make no spans, and neither does what auth plugins ask for along with them (H13). The SDK sees
 * to that around `export()` only; most requests begin in a later turn, or in a timer, of whatever context.
 */
export function createUntracedClient(client: RemoteWriteClient): RemoteWriteClient {
  return { ...client, send: (batch, options) => context.with(untraced, () => client.send(batch, options)) };
}
