import { checkHttpUrl } from "@otel-remote-write/auth";

/** Where tokens come from. */
export interface TokenUrl {
  readonly href: string;
  readonly origin: string;
  /** Without the query, which may hold a secret: for messages. */
  readonly shown: string;
}

const owner = "oauth2Auth";
const example = "https://auth.example.com/oauth2/token";

/**
 * Reads the option `tokenUrl`.
 *
 * @throws TypeError where it is missing or relative, carries credentials or a fragment (RFC 6749, section 3.2), or would
 * send the secret unencrypted over the network; no message repeats it
 */
export function parseTokenUrl(value: unknown, allowInsecureRequests: boolean): TokenUrl {
  const url = checkHttpUrl(value, "tokenUrl", owner, example);
  if (url.username !== "" || url.password !== "") {
    throw problem("must not carry a user name or password; give clientId and clientSecret");
  }
  if (url.hash !== "") throw problem("must not have a fragment (#…); take it out");
  if (url.protocol === "http:" && !allowInsecureRequests && !isLoopback(url.hostname)) {
    throw problem(
      "would send the secret unencrypted; begin it with https:, or set allowInsecureRequests if the network is safe",
    );
  }
  return { href: url.href, origin: url.origin, shown: `${url.origin}${url.pathname}` };
}

function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function problem(text: string): TypeError {
  return new TypeError(`${owner}: tokenUrl ${text}`);
}
