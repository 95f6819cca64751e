import { createTextFile, type TextFile, type TextFileContent, wrongOption } from "@otel-remote-write/auth";

/** The bundles of whole systems have some 300 KiB. */
const maxBytes = 4 * 1024 * 1024;

/** The text of a file of the option `tls`. */
export interface PemText {
  /** Option and path, for messages: `tls.caFile "/etc/ca.pem"`. */
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
export function createPemFile(name: string, path: unknown, owner: string): PemFile | undefined {
  if (path === undefined) return undefined;
  if (typeof path !== "string" || path === "") {
    throw wrongOption(path, name, owner, "the path of a PEM file");
  }
  if (path.includes("-----BEGIN")) {
    throw new TypeError(`${owner}: ${name} must be the path of a PEM file, got the content of one`);
  }
  // On Node there are files.
  const file = (createTextFile as (path: string, maxBytes: number) => TextFile)(path, maxBytes);
  const label = `${name} "${file.path}"`;

  function textOf(content: TextFileContent): PemText {
    if ("problem" in content) throw new Error(`${label} ${content.problem}; give the path of a PEM file`);
    return { label, text: content.text };
  }
  return {
    read: async () => textOf(await file.read()),
    readSync: () => textOf(file.readSync()),
  };
}
