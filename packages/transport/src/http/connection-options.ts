/** How connections to the receiver are made. Files are PEM, paths are relative to the working directory. */
export interface TlsOptions {
  /**
   * The authorities that may have signed the receiver's certificate, instead of those that Node knows. A file that is
   * replaced is used from the next request on, as the other files are, too.
   */
  readonly caFile?: string | undefined;
  /** The certificate that this client shows, with the intermediate ones after it. Needs `keyFile`. None by default. */
  readonly certFile?: string | undefined;
  /** The private key of `certFile`, not encrypted. */
  readonly keyFile?: string | undefined;
  /** The name or address that the receiver's certificate must be for. By default the host of `url`. */
  readonly serverName?: string | undefined;
  /** `true`: any certificate is taken, so that anyone on the way can read and change the metrics. Warned about. */
  readonly insecureSkipVerify?: boolean | undefined;
  /** The oldest version of TLS that is spoken. `"TLSv1.2"` by default, as Node has it. */
  readonly minVersion?: "TLSv1.2" | "TLSv1.3" | undefined;
}

/** An `Agent` of node:http or node:https, or one that extends them. */
export interface HttpAgent {
  readonly maxSockets: number;
  readonly sockets: object;
  readonly freeSockets: object;
  destroy(): void;
}

/** How connections are made, on Node. */
export interface ConnectionOptions {
  /** Trust and client certificate for https. By default what Node trusts, and no certificate. On Node only. */
  readonly tls?: TlsOptions | undefined;
  /**
   * An HTTP proxy, such as `http://proxy.example.com:3128`; user name and password in it go to the proxy only. By default
   * it is found in the environment, as Go programs and Prometheus do: `HTTPS_PROXY` or `HTTP_PROXY`, by the scheme of
   * `url`, or the same in lower case; those never apply to localhost. On Node only.
   */
  readonly proxyUrl?: string | URL | undefined;
  /**
   * Hosts that are reached without the proxy, separated by commas: `example.com` (and all below it), `.example.com` (only
   * what is below it), `10.0.0.0/8`, any of these with a `:port`, or `*` for all. By default none for `proxyUrl`, and
   * `NO_PROXY` or `no_proxy` for a proxy of the environment. On Node only.
   */
  readonly noProxy?: string | undefined;
  /**
   * Makes and keeps the connections in place of an agent of ours: an `Agent` of node:http or node:https by the scheme of
   * `url`. With `new http.Agent({ keepAlive: true, socketPath: "/run/receiver.sock" })` they go to a unix socket. On Node
   * only.
   */
  readonly agent?: HttpAgent | undefined;
}

const names = ["tls", "proxyUrl", "noProxy", "agent"] as const;

/**
 * Refuses options that have no effect, rather than to send where or how nobody wanted.
 *
 * @param owner Who complains, first in messages.
 * @param why Why they have none, and what to do.
 */
export function refuseConnectionOptions(options: ConnectionOptions, owner: string, why: string): void {
  const given = names.find((name) => options[name] !== undefined);
  if (given !== undefined) throw new TypeError(`${owner}: ${given} ${why}`);
}
