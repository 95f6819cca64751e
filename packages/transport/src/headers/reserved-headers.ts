/**
 * Headers that belong to the protocol or to the HTTP stack, in lower case: nobody else may set them (W1.5, W2.5, H3).
 */
const reserved: ReadonlySet<string> = new Set([
  "accept-encoding",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "retry-attempt",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "www-authenticate",
  "x-prometheus-remote-read-version",
  "x-prometheus-remote-write-version",
  "x-victoriametrics-remote-write-version",
]);

/** Set by an auth plugin, and by nobody else. */
const ofAuth: ReadonlySet<string> = new Set([
  "authorization",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-security-token",
]);

/** @param name In lower case. */
export function isReservedHeader(name: string): boolean {
  return reserved.has(name);
}

/** @param name In lower case. */
export function isAuthHeader(name: string): boolean {
  return ofAuth.has(name);
}
