import type { RetryReason } from "./remote-write-error.js";

/** Why no response came, for people and for programs. */
export interface NetworkFault {
  readonly reason: RetryReason;
  /** Of the error that decides, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  readonly text: string;
}

type Describe = (url: URL) => Omit<NetworkFault, "code">;

const refused: Describe = (url) => ({
  reason: "connection_refused",
  text: `nothing listens on ${hostAndPort(url)}: is the receiver running, and is the port of \`url\` right?`,
});
const notFound: Describe = (url) => ({
  reason: "host_not_found",
  text: `the host name ${url.hostname} is not known: is the host of \`url\` right?`,
});
const nameServer: Describe = (url) => ({
  reason: "host_not_found",
  text: `the name server did not answer for ${url.hostname}: does this machine have a network?`,
});
const reset: Describe = (url) => ({
  reason: "connection_reset",
  text: `${hostAndPort(url)} closed the connection before it answered: did the receiver or a proxy restart?`,
});
const noAnswer: Describe = (url) => ({
  reason: "timeout",
  text: `${hostAndPort(url)} did not answer in time: does a firewall stand between?`,
});
const noRoute: Describe = (url) => ({
  reason: "network_error",
  text: `there is no way to ${hostAndPort(url)}: is the network up, and is the host of \`url\` right?`,
});
const notAllowed: Describe = (url) => ({
  reason: "network_error",
  text: `this process may not connect to ${hostAndPort(url)}: does a firewall or a sandbox forbid it?`,
});
const notHttp: Describe = (url) => ({
  reason: "network_error",
  text: `${hostAndPort(url)} does not answer in ${protocol(url)}: are scheme and port of \`url\` right?`,
});
const unknownAuthority: Describe = (url) => ({
  reason: "certificate",
  text: `the certificate of ${hostAndPort(url)} is not signed by an authority that this process knows: add yours (on Node, NODE_EXTRA_CA_CERTS names a file with it)`,
});
const wrongDate: Describe = (url) => ({
  reason: "certificate",
  text: `the certificate of ${hostAndPort(url)} is expired or not valid yet: renew it, or set this machine's clock`,
});
const wrongName: Describe = (url) => ({
  reason: "certificate",
  text: `the certificate of ${hostAndPort(url)} is for another host name: does \`url\` name the host as the certificate does?`,
});

const byCode: ReadonlyMap<string, Describe> = new Map([
  ["ECONNREFUSED", refused],
  ["ENOTFOUND", notFound],
  ["EAI_AGAIN", nameServer],
  ["ECONNRESET", reset],
  ["ECONNABORTED", reset],
  ["EPIPE", reset],
  ["UND_ERR_SOCKET", reset],
  ["ETIMEDOUT", noAnswer],
  ["UND_ERR_CONNECT_TIMEOUT", noAnswer],
  ["UND_ERR_HEADERS_TIMEOUT", noAnswer],
  ["UND_ERR_BODY_TIMEOUT", noAnswer],
  ["EHOSTUNREACH", noRoute],
  ["EHOSTDOWN", noRoute],
  ["ENETUNREACH", noRoute],
  ["ENETDOWN", noRoute],
  ["EADDRNOTAVAIL", noRoute],
  ["EACCES", notAllowed],
  ["EPERM", notAllowed],
  ["EPROTO", notHttp],
  ["ERR_SSL_WRONG_VERSION_NUMBER", notHttp],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", notHttp],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", unknownAuthority],
  ["SELF_SIGNED_CERT_IN_CHAIN", unknownAuthority],
  ["UNABLE_TO_GET_ISSUER_CERT", unknownAuthority],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", unknownAuthority],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", unknownAuthority],
  ["CERT_HAS_EXPIRED", wrongDate],
  ["CERT_NOT_YET_VALID", wrongDate],
  ["ERR_TLS_CERT_ALTNAME_INVALID", wrongName],
]);

/** Describes why no response came, by the first error that says so among the error, its causes and its parts (H8). */
export function describeNetworkError(error: unknown, url: URL): NetworkFault {
  let text = "";
  for (const found of errorsWithin(error)) {
    const code = typeof found.code === "string" ? found.code : undefined;
    const describe = code === undefined ? undefined : describeCode(code);
    if (describe !== undefined) {
      const fault = describe(url);
      return { ...fault, code, text: fault.text.replace(/(: |$)/, ` (${code})$1`) };
    }
    // The innermost message says most: the outer one is often just "fetch failed".
    if (typeof found.message === "string" && found.message !== "") text = found.message;
  }
  const { code } = asErrorLike(error);
  return {
    reason: "network_error",
    code: typeof code === "string" ? code : undefined,
    text: `the request failed${text === "" ? "" : `: ${text}`}`,
  };
}

function describeCode(code: string): Describe | undefined {
  return byCode.get(code) ?? (code.startsWith("HPE_") ? notHttp : undefined);
}

interface ErrorLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** An error, its causes, and the parts of an AggregateError (a host with several addresses), outermost first. */
function errorsWithin(error: unknown): ErrorLike[] {
  const found: ErrorLike[] = [];
  const waiting: unknown[] = [error];
  // Causes can form a ring.
  while (waiting.length > 0 && found.length < 20) {
    const next = asErrorLike(waiting.shift());
    found.push(next);
    if (next.cause !== undefined) waiting.push(next.cause);
    if (Array.isArray(next.errors)) waiting.push(...(next.errors as unknown[]));
  }
  return found;
}

function asErrorLike(value: unknown): ErrorLike {
  return typeof value === "object" && value !== null ? value : { message: value };
}

function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port}`;
}

function protocol(url: URL): string {
  return url.protocol === "https:" ? "TLS" : "HTTP";
}
