import type { AuthPlugin } from "@otel-remote-write/auth";
import type { ClientAuthentication } from "./client-authentication.js";
import { createOAuth2Auth } from "./create-oauth2-auth.js";

/** The options of {@link oauth2Auth}. */
export interface OAuth2AuthOptions {
  /** The client's identifier at the authorization server. */
  readonly clientId: string;
  /** The client's secret: this or `clientSecretFile`. */
  readonly clientSecret?: string | undefined;
  /**
   * The path of a file that holds the secret: UTF-8, at most 64 KiB; white space around the secret, such as the last
   * line break, does not count. Looked at for every token request, so that a new secret needs no restart. Node only.
   */
  readonly clientSecretFile?: string | undefined;
  /**
   * The token endpoint: `https://auth.example.com/oauth2/token`. With `http:` it must be on this machine (`localhost`,
   * 127.0.0.0/8, `[::1]`), unless `allowInsecureRequests` is set.
   */
  readonly tokenUrl: string | URL;
  /** The scopes to ask for. Default: none, so that the server decides. */
  readonly scopes?: readonly string[] | undefined;
  /** For whom the token is to be, sent as `audience`. Default: not sent. */
  readonly audience?: string | undefined;
  /**
   * More parameters of the token request, such as `{ resource: "https://metrics.example.com" }`. What the other options
   * set (`scope`, `client_id`, …) is refused. Default: none.
   */
  readonly endpointParams?: Readonly<Record<string, string>> | undefined;
  /**
   * How the client proves who it is, in the terms of RFC 7591: `client_secret_basic` in the header `authorization`,
   * `client_secret_post` in the form. Default: the header, and when the server refuses the client, the form; what
   * worked is tried first from then on.
   */
  readonly clientAuthentication?: ClientAuthentication | undefined;
  /**
   * Asks the token endpoint, in place of the runtime's own `fetch`: one with TLS settings or a proxy of its own. Without
   * one, on Node, the environment's proxy is used (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
   * Redirects must come back as they are (`redirect: "manual"`).
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * `true` allows `http:` to other machines, as inside of a cluster that encrypts by itself. Who is on the way can read
   * the secret then. Default: false.
   */
  readonly allowInsecureRequests?: boolean | undefined;
}

/**
 * A token of an OAuth 2.0 authorization server in every request, got by the client credentials grant (RFC 6749,
 * section 4.4) and sent as RFC 6750 says.
 *
 * The token is kept, and another one fetched a minute before it ends (a quarter of its time before, if that is less);
 * if none can be had, the old one serves until its end. A token without `expires_in` is kept until it is refused. There
 * is one token request at a time, however many requests wait for it, and it may take 8 seconds. After a 401 a new token
 * is fetched, and the request sent once more if it is another one. After a 403 the request is refused, and the next one
 * fetches a new token, once in ten seconds at most.
 *
 * @throws TypeError for an unknown option, one that is missing or of the wrong kind, both secrets or none, or a
 * `tokenUrl` that would send the secret unencrypted; no message holds a secret
 */
export function oauth2Auth(options: OAuth2AuthOptions): AuthPlugin {
  return createOAuth2Auth(options, Date.now);
}
