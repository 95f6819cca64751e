import type { ProtobufMessage } from "../message/protobuf-message.js";

export interface StatusHintContext {
  readonly message: ProtobufMessage;
  /** The name of the auth plugin, where there is one. */
  readonly auth: string | undefined;
  /** Whether a redirect led to another origin, where credentials don't go. */
  readonly foreign: boolean;
  /** Whether the request went over TLS. */
  readonly isTls: boolean;
  /** Whether the answer is a web page: a receiver writes plain text, what stands before one (nginx) writes pages. */
  readonly isPage: boolean;
}

const wantsCertificate = "does it want a client certificate, or another one (`tls.certFile`, `tls.keyFile`)?";

/** What a status other than 2xx and 3xx means to a sender of remote write, and what to do about it. */
export function statusHint(status: number, context: StatusHintContext): string {
  if (context.foreign && (status === 401 || status === 403)) {
    return "a redirect led to another origin, where credentials and headers don't go along: give that as `url`";
  }
  switch (status) {
    case 400:
      if (!context.isPage) return "the receiver does not accept the request";
      // What nginx says to a missing client certificate, to one that it does not know, and to http on a port for https.
      return context.isTls
        ? "what stands before the receiver does not accept the request: " + wantsCertificate
        : "what stands before the receiver does not accept the request: must `url` begin with https://?";
    case 401:
      return context.auth === undefined
        ? "the receiver wants credentials: give them as `auth`"
        : `the receiver does not accept the credentials of the auth plugin "${context.auth}": check them`;
    case 403:
      if (context.isPage && context.isTls && context.auth === undefined) {
        return "what stands before the receiver does not let the sender in: " + wantsCertificate;
      }
      return (
        "the receiver does not let the sender write here: check its permissions and the tenant, and for signatures " +
        "the keys, the region and the clock"
      );
    case 404:
      return (
        "there is no remote-write endpoint at this path: Prometheus and VictoriaMetrics have it at /api/v1/write, " +
        "Cortex and Mimir at /api/v1/push, Thanos at /api/v1/receive, Grafana Cloud at /api/prom/push; Prometheus " +
        "must run with --web.enable-remote-write-receiver"
      );
    case 405:
      return "nothing at this path takes a POST: check the path of `url`";
    case 409:
      return "the receiver holds newer or other samples of these series";
    case 413:
      return "the request is too large for the receiver: send fewer samples in one";
    case 415:
      return `the receiver does not take the message ${context.message}; \`protobufMessage: "auto"\` tries both`;
    // These three are of nginx.
    case 495:
      return "the receiver does not accept the client certificate: check `tls.certFile`";
    case 496:
      return "the receiver wants a client certificate: give it as `tls.certFile` and `tls.keyFile`";
    case 497:
      return "the receiver speaks TLS on this port: let `url` begin with https://";
    case 429:
      return "the receiver limits the rate; the request may be sent again later";
    default:
      return status < 500 && status >= 400
        ? "the receiver refuses the request"
        : "the receiver has trouble; the request may be sent again later";
  }
}
