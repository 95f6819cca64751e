import type { RemoteWriteMetricExporterOptions } from "@otel-remote-write/exporter";
import { createRemoteWriteClient } from "@otel-remote-write/transport";
import type { Section } from "../source/section.js";
import { failOfOption } from "./fail-of-option.js";

/**
 * Has the transport check what it alone knows, such as which headers are reserved and whether the files of `tls_config`
 * are good, so that it is said with the line it stands on. Nothing is sent.
 */
export function checkOptions(entry: Section, exporter: Partial<RemoteWriteMetricExporterOptions>): void {
  const {
    url,
    name: _name,
    queue: _queue,
    metadata: _metadata,
    translator: _translator,
    relabel: _relabel,
    ...options
  } = exporter;
  if (url === undefined) return;
  try {
    createRemoteWriteClient({ ...options, url }).close();
  } catch (error) {
    failOfOption(entry, error, "url");
  }
}
