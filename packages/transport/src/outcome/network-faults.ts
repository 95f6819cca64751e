import type { RetryReason } from "./remote-write-error.js";

export { gatewayHint } from "./gateway-hint.js";

/** What of an error is looked at. */
interface SystemError {
  readonly message?: unknown;
  readonly syscall?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  /** Of an error about a certificate: the name that was wanted, and the certificate. */
  readonly host?: unknown;
  readonly cert?: unknown;
}

/** One kind of network error, in words. */
export interface NetworkFaultText {
  readonly reason: RetryReason;
  /** What happened. */
  readonly what: (url: URL, error: SystemError) => string;
  /** What to look at. */
  readonly advice: string;
}

const refused: NetworkFaultText = {
  reason: "connection_refused",
  what: (url) => `nothing listens on ${hostAndPort(url)}`,
  advice: "is the receiver running, and is the port of `url` right?",
};
const socketRefused: NetworkFaultText = {
  reason: "connection_refused",
  what: (_, error) => `nothing listens on the unix socket ${socketPath(error)}`,
  advice: "is the receiver running?",
};
const socketMissing: NetworkFaultText = {
  reason: "connection_refused",
  what: (_, error) => `there is no unix socket ${socketPath(error)}`,
  advice: "is the receiver running, and is `socketPath` of `agent` right?",
};
const socketNotAllowed: NetworkFaultText = {
  reason: "network_error",
  what: (_, error) => `this process may not use the unix socket ${socketPath(error)}`,
  advice: "may its user write to that file?",
};
const notFound: NetworkFaultText = {
  reason: "host_not_found",
  what: (url) => `the host name ${url.hostname} is not known`,
  advice: "is the host of `url` right?",
};
const nameServer: NetworkFaultText = {
  reason: "host_not_found",
  what: (url) => `the name server gave no answer for ${url.hostname}`,
  advice: "does this machine have a network?",
};
const reset: NetworkFaultText = {
  reason: "connection_reset",
  what: (url) => `${hostAndPort(url)} closed the connection before it answered`,
  // Over TLS 1.3 its word about a client certificate can be lost with the connection.
  advice:
    "did the receiver or a proxy restart, is the scheme of `url` wrong, or does it want another client certificate " +
    "(`tls.certFile`)?",
};
const noAnswer: NetworkFaultText = {
  reason: "timeout",
  what: (url) => `${hostAndPort(url)} did not answer in time`,
  advice: "is the receiver overloaded, or does a firewall stand between?",
};
const noRoute: NetworkFaultText = {
  reason: "network_error",
  what: (url) => `there is no way to ${hostAndPort(url)}`,
  advice: "is the network up, and is the host of `url` right?",
};
const notAllowed: NetworkFaultText = {
  reason: "network_error",
  what: (url) => `this process may not connect to ${hostAndPort(url)}`,
  advice: "does a firewall or a sandbox forbid it?",
};
const notHttp: NetworkFaultText = {
  reason: "network_error",
  what: (url) => `${hostAndPort(url)} does not speak ${url.protocol === "https:" ? "TLS" : "HTTP"}`,
  advice: "are scheme and port of `url` right?",
};
const unknownAuthority: NetworkFaultText = {
  reason: "certificate",
  what: (url) =>
    `the certificate of ${hostAndPort(url)} is not signed by an authority that this process knows`,
  advice: "give the authority's certificate as `tls.caFile`, or in the file that NODE_EXTRA_CA_CERTS names",
};
const wrongDate: NetworkFaultText = {
  reason: "certificate",
  what: (url) => `the certificate of ${hostAndPort(url)} is expired or not valid yet`,
  advice: "renew it, or set this machine's clock",
};
const wrongName: NetworkFaultText = {
  reason: "certificate",
  what: (url, { host, cert }) => {
    const subject = (cert as { subjectaltname?: unknown } | undefined)?.subjectaltname;
    const names = typeof subject === "string" ? `, ${subject}` : "";
    const wanted = typeof host === "string" ? `, not for ${host}` : "";
    return `the certificate of ${hostAndPort(url)} is for another host name${names}${wanted}`;
  },
  advice: "does `url` name the host as the certificate does? If it cannot, give the name as `tls.serverName`",
};
const clientCertificateWanted: NetworkFaultText = {
  reason: "certificate",
  what: (url) => `${hostAndPort(url)} wants a client certificate`,
  advice: "give it as `tls.certFile` and `tls.keyFile`",
};
const clientCertificateRefused: NetworkFaultText = {
  reason: "certificate",
  what: (url) => `${hostAndPort(url)} does not accept the client certificate`,
  advice: "is `tls.certFile` signed by an authority that the receiver knows, and not expired?",
};
const noSharedVersion: NetworkFaultText = {
  reason: "network_error",
  what: (url) => `${hostAndPort(url)} and this process have no version of TLS in common`,
  advice: "is `tls.minVersion` above what the receiver speaks?",
};
const handshakeRefused: NetworkFaultText = {
  reason: "network_error",
  what: (url) => `${hostAndPort(url)} refuses the TLS handshake`,
  advice: "does it want a client certificate (`tls.certFile`, `tls.keyFile`), or another version or name?",
};

const byCode: ReadonlyMap<string, NetworkFaultText> = new Map([
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
  ["ERR_SSL_UNSUPPORTED_PROTOCOL", noSharedVersion],
]);

/** The same for a unix socket. */
const bySocketCode: ReadonlyMap<string, NetworkFaultText> = new Map([
  ["ECONNREFUSED", socketRefused],
  ["ENOENT", socketMissing],
  ["ENOTDIR", socketMissing],
  ["ENOTSOCK", socketMissing],
  ["EACCES", socketNotAllowed],
  ["EPERM", socketNotAllowed],
]);

/** What the other side says when it ends a TLS handshake (RFC 8446, 6), by the number. */
const byAlert: ReadonlyMap<string, NetworkFaultText> = new Map([
  ["40", handshakeRefused],
  ["42", clientCertificateRefused],
  ["43", clientCertificateRefused],
  ["44", clientCertificateRefused],
  ["45", clientCertificateRefused],
  ["46", clientCertificateRefused],
  ["48", clientCertificateRefused],
  ["70", noSharedVersion],
  ["112", handshakeRefused],
  ["116", clientCertificateWanted],
]);

/** What the code of an error of the system, of TLS, of Node's HTTP parser (`HPE_…`) or of undici means. */
export function networkFaultText(code: string, error: SystemError): NetworkFaultText | undefined {
  if (socketPath(error) !== undefined && bySocketCode.has(code)) return bySocketCode.get(code);
  const { message } = error;
  // OpenSSL's codes of an alert depend on the moment it comes at.
  const alert = typeof message === "string" ? /SSL alert number (\d+)/.exec(message)?.[1] : undefined;
  if (alert !== undefined && byAlert.has(alert)) return byAlert.get(alert);
  return byCode.get(code) ?? (code.startsWith("HPE_") ? notHttp : undefined);
}

/** Where an error is about connecting to a unix socket. Node's errors have the path where others have an address. */
function socketPath({ syscall, address, port }: SystemError): string | undefined {
  return syscall === "connect" && typeof address === "string" && port === undefined ? address : undefined;
}

function hostAndPort(url: URL): string {
  const standard = url.protocol === "https:" ? "443" : "80";
  return `${url.hostname}:${url.port === "" ? standard : url.port}`;
}
