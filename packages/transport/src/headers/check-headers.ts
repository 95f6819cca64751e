import { headerValueFault, isToken } from "./header-syntax.js";
import { isAuthHeader, isReservedHeader } from "./reserved-headers.js";

/**
 * Reads the option `headers`.
 *
 * @returns A copy, names as given.
 * @throws {TypeError} Naming the header, never its value.
 */
export function checkHeaders(value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value) || isIterable(value)) {
    throw new TypeError('`headers` must be a plain object such as { "X-Scope-OrgID": "tenant-1" }');
  }
  const seen = new Map<string, string>();
  const headers: Record<string, string> = {};
  for (const [name, content] of Object.entries(value)) {
    const lower = name.toLowerCase();
    if (!isToken(name))
      throw new TypeError(`\`headers\` has ${JSON.stringify(name)}, which is not a header name`);
    if (isReservedHeader(lower)) {
      throw new TypeError(
        `\`headers\` must not set ${name}: remote write reserves it, and the client sets it`,
      );
    }
    if (isAuthHeader(lower)) {
      throw new TypeError(
        `\`headers\` must not set ${name}: give credentials as \`auth\`, for example bearerAuth({ token })`,
      );
    }
    const twin = seen.get(lower);
    if (twin !== undefined) {
      throw new TypeError(`\`headers\` has both ${twin} and ${name}, which are the same header: keep one`);
    }
    const fault = headerValueFault(content);
    if (fault !== undefined) throw new TypeError(`the value of ${name} in \`headers\` ${fault}`);
    seen.set(lower, name);
    headers[name] = content as string;
  }
  return headers;
}

/** A Map or a Headers, whose entries Object.entries would miss in silence. */
function isIterable(value: object): boolean {
  return Symbol.iterator in value;
}
