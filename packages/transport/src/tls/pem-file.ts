import { createTextFile, describeKind, type TextFile, type TextFileContent } from "@otel-remote-write/auth";

/** The bundles of whole systems have some 300 KiB. */
const maxBytes = 4 * 1024 * 1024;

/** The text of a file of the option `tls`. */
export interface PemText {
  /** Option and path, for messages: `` `tls.caFile` "/etc/ca.pem" ``. */
  readonly label: string;
  readonly text: string;
}

/** A file of the option `tls`. */
export interface PemFile {
  /** The text of now. Rejects with an Error that names option, path and cause, never the content. */
  read(): Promise<PemText>;
  /** The same at once. */
  readSync(): PemText;
}

/** @returns Undefined where the option is not given. */
export function createPemFile(name: string, path: unknown): PemFile | undefined {
  if (path === undefined) return undefined;
  if (typeof path !== "string" || path === "") {
    throw new TypeError(`\`tls.${name}\` must be the path of a PEM file, but is ${describeKind(path)}`);
  }
  if (path.includes("-----BEGIN")) {
    throw new TypeError(`\`tls.${name}\` must be the path of a PEM file, but is the content of one`);
  }
  // On Node there are files.
  const file = (createTextFile as (path: string, maxBytes: number) => TextFile)(path, maxBytes);
  const label = `\`tls.${name}\` "${file.path}"`;

  function textOf(content: TextFileContent): PemText {
    if ("problem" in content) throw new Error(`${label} ${content.problem}`);
    return { label, text: content.text };
  }
  return {
    read: async () => textOf(await file.read()),
    readSync: () => textOf(file.readSync()),
  };
}
