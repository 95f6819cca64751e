import type { IncomingHttpHeaders } from "node:http";

const secret = /auth|token|secret|cookie|password|credential|signature|key/i;

/** The headers with `[redacted]` for the value of each that may hold a secret, by its name. */
export function redactHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secret.test(name) ? "[redacted]" : value]),
  );
}
