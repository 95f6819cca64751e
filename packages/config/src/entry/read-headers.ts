import { type AuthPlugin, createSecretFile } from "@otel-remote-write/auth";
import type { Section } from "../source/section.js";

/** Headers of an entry: those with fixed values, and those that are read from files for each attempt. */
export interface EntryHeaders {
  readonly fixed: Readonly<Record<string, string>>;
  readonly fromFiles: readonly HeaderFile[];
}

interface HeaderFile {
  readonly name: string;
  readonly read: () => Promise<string>;
}

/** Reads `headers` and `http_headers`, which has lists of values, of secrets, and of files. */
export function readHeaders(entry: Section): EntryHeaders {
  const fixed: Record<string, string> = { ...trimmed(entry.textMap("headers")) };
  const fromFiles: HeaderFile[] = [];
  for (const [name, section] of entry.namedSections("http_headers")) {
    const values = [...(section.texts("values") ?? []), ...(section.texts("secrets") ?? [])];
    const files = section.texts("files") ?? [];
    if (values.length > 0 && files.length > 0) {
      section.fail("files", "is given beside values or secrets; give the header by one of them");
    } else if (files.length > 1) {
      section.fail("files", "has several files; give one");
    } else if (values.length > 0) {
      // One header with several values is the same as several headers (RFC 9110, section 5.3).
      fixed[name] = values.map((value) => value.trim()).join(", ");
    } else if (section.has("files")) {
      const [path] = section.files("files") ?? [];
      if (path !== undefined) fromFiles.push(createHeaderFile(name, path));
    }
  }
  return { fixed, fromFiles };
}

function createHeaderFile(name: string, path: string): HeaderFile {
  const file = createSecretFile({
    path,
    name: `http_headers.${name}.files`,
    owner: "http_headers",
    instead: "values",
  });
  return { name: name.toLowerCase(), read: () => file.read() };
}

/** Adds the headers of files to every attempt, beside the credentials. */
export function withHeaderFiles(
  auth: AuthPlugin | undefined,
  files: readonly HeaderFile[],
): AuthPlugin | undefined {
  if (files.length === 0) return auth;
  return {
    name: auth?.name ?? "http_headers",
    async authorize(request) {
      const [ofAuth, ...ofFiles] = await Promise.all([
        auth?.authorize(request) ?? {},
        ...files.map(async ({ name, read }) => [name, await read()] as const),
      ]);
      return { ...Object.fromEntries(ofFiles), ...ofAuth };
    },
    ...(auth?.onUnauthorized !== undefined && {
      onUnauthorized: (refused) => auth.onUnauthorized?.(refused) ?? false,
    }),
  };
}

function trimmed(headers: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, value.trim()]));
}
