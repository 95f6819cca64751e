import type { Fetch } from "../http/fetch-http.js";

/** The proxy that the environment names for an address. */
export interface EnvironmentProxy {
  /** For messages: `the proxy proxy.example.com:3128 of HTTPS_PROXY`. */
  readonly shown: string;
  /** What of its address must not be shown. */
  readonly secrets: readonly string[];
  /**
   * Posts to the address through the proxy. No redirect is followed. An error about the proxy has a `fault`, whose
   * `text` says what and where, and no secret.
   */
  readonly fetch: Fetch;
}

/**
 * Finds the proxy for an address, for those who ask a server of their own before they send, as auth plugins do.
 *
 * @param owner Who complains, first in messages.
 * @param instead What else can be done about a variable that is wrong, for its message.
 * @returns Undefined where the connection is direct: no variable is set, `NO_PROXY` excepts it, or it is loopback.
 * @throws {TypeError} Naming the variable that is wrong, never its value.
 */
export type FindEnvironmentProxy = (url: URL, owner: string, instead: string) => EnvironmentProxy | undefined;
