import type { RemoteWriteMetricExporterOptions } from "@otel-remote-write/exporter";
import { createRemoteWriteClient } from "@otel-remote-write/transport";
import type { Section } from "../source/section.js";

/** The key that an option comes from, by the first option that a message of the transport names. */
const keyOfOption: Readonly<Record<string, string>> = {
  url: "url",
  headers: "headers",
  proxyUrl: "proxy_url",
  noProxy: "no_proxy",
  "tls.caFile": "ca_file",
  "tls.certFile": "cert_file",
  "tls.keyFile": "key_file",
  "tls.serverName": "server_name",
};

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
    const message = (error as Error).message;
    const option = Object.keys(keyOfOption).find((each) => message.includes(`\`${each}\``)) ?? "url";
    const key = keyOfOption[option] ?? "url";
    if (option.startsWith("tls.")) entry.section("tls_config")?.fail(key, inKeys(message));
    else if (option === "headers") failOfHeader(entry, inKeys(message));
    else entry.fail(key, inKeys(message));
  }
}

/** The line is that of the header which is named. */
function failOfHeader(entry: Section, message: string): void {
  const section = entry.section("headers");
  const name = Object.keys(entry.textMap("headers") ?? {}).find((each) => message.includes(each));
  if (section === undefined || name === undefined) entry.fail("headers", message);
  else section.fail(name, message);
}

/** The transport's message, with the names that the file has. */
function inKeys(message: string): string {
  const named = Object.entries({
    ...keyOfOption,
    "tls.insecureSkipVerify": "insecure_skip_verify",
    tls: "tls_config",
  });
  return named.reduce((text, [option, key]) => text.replaceAll(`\`${option}\``, key), message);
}
