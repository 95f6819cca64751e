import type { Attributes } from "@opentelemetry/api";

/** The semantic conventions want the name that the type has in its language, where they have none for it. */
const type = "RemoteWriteMetricExporter";
let instances = 0;

/** Attributes of all metrics about one exporter, as the semantic conventions have them. */
export function describeComponent({ hostname, port, protocol }: URL): Attributes {
  const defaultPort = protocol === "https:" ? 443 : 80;
  return {
    "otel.component.type": type,
    "otel.component.name": `${type}/${instances++}`,
    "server.address": hostname.replace(/^\[(.*)\]$/, "$1"),
    "server.port": port === "" ? defaultPort : Number(port),
  };
}
