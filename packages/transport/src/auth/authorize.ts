import type { AuthPlugin, AuthRequest } from "@otel-remote-write/auth";
import { headerValueFault, isToken } from "../headers/header-syntax.js";
import { isReservedHeader } from "../headers/reserved-headers.js";

/**
 * Asks a plugin for the headers of one attempt, and checks them: it may set `authorization`, `x-amz-*` and headers that
 * are neither reserved nor set by the user, so that neither wipes out the other.
 *
 * @param request Its headers, in lower case, are those that the plugin must not replace.
 * @throws {Error} The plugin's own error, or one that says what is wrong with its result.
 */
export async function authorize(auth: AuthPlugin, request: AuthRequest): Promise<Record<string, string>> {
  const result: unknown = await auth.authorize(request);
  if (typeof result !== "object" || result === null) {
    throw new TypeError("it gave no headers: `authorize` must return an object such as { authorization: … }");
  }
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(result)) {
    const lower = name.toLowerCase();
    if (!isToken(name)) throw new TypeError(`it set ${JSON.stringify(name)}, which is not a header name`);
    if (isReservedHeader(lower)) throw new TypeError(`it set ${name}, which remote write reserves`);
    if (Object.hasOwn(request.headers, lower)) {
      throw new TypeError(`it set ${name}, which \`headers\` sets as well: leave it out of \`headers\``);
    }
    if (seen.has(lower)) throw new TypeError(`it set ${name} twice, in different case`);
    const fault = headerValueFault(value);
    if (fault !== undefined) throw new TypeError(`its value of ${name} ${fault}`);
    seen.add(lower);
  }
  return result as Record<string, string>;
}
