import type { TlsOptions } from "@otel-remote-write/transport";
import type { Section } from "../source/section.js";

const minVersions: Readonly<Record<string, TlsOptions["minVersion"]>> = {
  TLS10: "TLSv1.2",
  TLS11: "TLSv1.2",
  TLS12: "TLSv1.2",
  TLS13: "TLSv1.3",
};

/** Reads `tls_config`. */
export function readTls(section: Section | undefined): TlsOptions | undefined {
  if (section === undefined) return undefined;
  const options: TlsOptions = {
    caFile: section.file("ca_file"),
    certFile: section.file("cert_file"),
    keyFile: section.file("key_file"),
    serverName: section.text("server_name"),
    insecureSkipVerify: section.boolean("insecure_skip_verify"),
    minVersion: readMinVersion(section),
  };
  if ((options.certFile === undefined) !== (options.keyFile === undefined)) {
    const [given, missing] =
      options.certFile === undefined ? ["key_file", "cert_file"] : ["cert_file", "key_file"];
    section.fail(given, `is given without ${missing}; give both, or neither`);
  }
  return Object.values(options).some((value) => value !== undefined) ? options : undefined;
}

function readMinVersion(section: Section): TlsOptions["minVersion"] {
  const text = section.text("min_version");
  if (text === undefined) return undefined;
  const version = minVersions[text];
  if (version === undefined) section.fail("min_version", "must be TLS12 or TLS13");
  if (text === "TLS10" || text === "TLS11") {
    section.warn("min_version", "is older than what is spoken; TLS12 is the least");
  }
  return version;
}
