import { wrongOption } from "@otel-remote-write/auth";
import { headerValueFault, isToken } from "./header-syntax.js";
import { isAuthHeader, isReservedHeader } from "./reserved-headers.js";

/**
 * Reads the option `headers`.
 *
 * @param owner Who complains, first in messages.
 * @returns A copy, names as given.
 * @throws {TypeError} Naming the header, never its value.
 */
export function checkHeaders(value: unknown, owner: string): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value) || isIterable(value)) {
    throw wrongOption(value, "headers", owner, 'a plain object such as { "X-Scope-OrgID": "tenant-1" }');
  }
  const seen = new Map<string, string>();
  const headers: Record<string, string> = {};
  for (const [name, content] of Object.entries(value)) {
    const lower = name.toLowerCase();
    const fail = (option: string, problem: string): never => {
      throw new TypeError(`${owner}: ${option} ${problem}`);
    };
    if (!isToken(name)) fail("headers", `has ${JSON.stringify(name)}, which is no header name; take it out`);
    const option = `headers.${name}`;
    if (isReservedHeader(lower))
      fail(option, "is reserved by remote write; the client sets it, leave it out");
    if (isAuthHeader(lower))
      fail(option, "holds credentials; give them as auth, such as bearerAuth({ token })");
    const twin = seen.get(lower);
    if (twin !== undefined) fail(option, `is the same header as headers.${twin}; keep one of them`);
    const fault = headerValueFault(content);
    if (fault !== undefined) fail(option, fault);
    seen.set(lower, name);
    headers[name] = content as string;
  }
  return headers;
}

/** A Map or a Headers, whose entries Object.entries would miss in silence. */
function isIterable(value: object): boolean {
  return Symbol.iterator in value;
}
