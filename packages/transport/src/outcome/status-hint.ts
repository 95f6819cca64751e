import { gatewayHint } from "#network-faults";
import type { GatewayAnswer } from "./gateway-hint.js";
import type { ProtobufMessage } from "../message/protobuf-message.js";

export interface StatusHintContext extends GatewayAnswer {
  readonly message: ProtobufMessage;
  /** Whether a redirect led to another origin, where credentials don't go. */
  readonly foreign: boolean;
}

/** What a status other than 2xx and 3xx means to a sender of remote write, and what to do about it. */
export function statusHint(status: number, context: StatusHintContext): string {
  if (context.foreign && (status === 401 || status === 403)) {
    return "a redirect led to another origin, where credentials and headers don't go along: give that as `url`";
  }
  const ofGateway = gatewayHint(status, context);
  if (ofGateway !== undefined) return ofGateway;
  switch (status) {
    case 400:
      return "the receiver does not accept the request";
    case 401:
      return context.auth === undefined
        ? "the receiver wants credentials: give them as `auth`"
        : `the receiver does not accept the credentials of the auth plugin "${context.auth}": check them`;
    case 403:
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
    case 429:
      return "the receiver limits the rate; the request may be sent again later";
    default:
      return status < 500 && status >= 400
        ? "the receiver refuses the request"
        : "the receiver has trouble; the request may be sent again later";
  }
}
