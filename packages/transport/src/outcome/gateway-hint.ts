/** What an answer is judged by. */
export interface GatewayAnswer {
  /** The name of the auth plugin, where there is one. */
  readonly auth: string | undefined;
  /** Whether the request went over TLS. */
  readonly isTls: boolean;
  /** Whether the answer is a web page: a receiver writes plain text, what stands before one (nginx) writes pages. */
  readonly isPage: boolean;
}

const wantsCertificate = "does it want a client certificate, or another one (`tls.certFile`, `tls.keyFile`)?";

/**
 * Says what happened and what to do, where a status is the word of what stands before the receiver about TLS. On Node alone:
 * elsewhere there are no options for it.
 */
export function gatewayHint(status: number, { auth, isTls, isPage }: GatewayAnswer): string | undefined {
  switch (status) {
    case 400:
      if (!isPage) return undefined;
      // What nginx says to a missing client certificate, to one that it does not know, and to http on a port for https.
      return (
        "what stands before the receiver does not accept the request: " +
        (isTls ? wantsCertificate : "must `url` begin with https://?")
      );
    case 403:
      if (!isPage || !isTls || auth !== undefined) return undefined;
      return "what stands before the receiver does not let the sender in: " + wantsCertificate;
    // These three are of nginx.
    case 495:
      return "the receiver does not accept the client certificate: check `tls.certFile`";
    case 496:
      return "the receiver wants a client certificate: give it as `tls.certFile` and `tls.keyFile`";
    case 497:
      return "the receiver speaks TLS on this port: let `url` begin with https://";
    default:
      return undefined;
  }
}
