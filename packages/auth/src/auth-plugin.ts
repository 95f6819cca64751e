/** One attempt to send a request, as an auth plugin sees it. */
export interface AuthRequest {
  /** The HTTP method, in capitals. Remote write uses `POST` only (W1.2, W2.3). */
  readonly method: string;
  /** Where this attempt goes; after a redirect, the new place. Don't change it. */
  readonly url: URL;
  /**
   * The headers that go with the attempt, names in lower case, without what the HTTP stack adds by itself (`host`,
   * `content-length`, `connection`).
   */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body as they go over the wire, compressed. Don't change them. */
  readonly body: Uint8Array;
  /** 1 for the first attempt at sending this body, 2 for the next, and so on. */
  readonly attempt: number;
  /** Aborted when the attempt is given up: its time is over, or the sender shuts down. Stop waiting then. */
  readonly signal: AbortSignal;
}

/** An attempt that was answered with 401 or 403. */
export interface RefusedAttempt {
  /** What `authorize` gave for it, as it gave it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when renewing takes too long, or the sender shuts down. Stop waiting then. */
  readonly signal: AbortSignal;
}

/**
 * Adds credentials to requests. A plugin is a plain value; one plugin may serve several senders, and `authorize` may be
 * called again before an earlier call has finished.
 */
export interface AuthPlugin {
  /** What it is, for messages and statistics: `basic`, `bearer`. Never a secret. */
  readonly name: string;
  /**
   * Gives the headers that authorize one attempt. It is asked for every attempt, retries and followed redirects
   * included, so that credentials which rotate need no restart.
   *
   * It may set `authorization`, `x-amz-*`, and headers that are not reserved; a header that belongs to the protocol
   * (`content-type`, `user-agent`, …) is refused. Names may be in any case.
   *
   * An error thrown here, or a rejection, counts as a failed attempt that is worth a retry, since a token file or a
   * token server can come back. Its message is logged: it must say what is wrong and must not contain a secret.
   */
  authorize(request: AuthRequest): Record<string, string> | Promise<Record<string, string>>;
  /**
   * Called after an answer of 401. `true` says that the credentials are other ones now and is good for one more
   * attempt; `false`, or an error, that trying again is useless. Leave it out where credentials cannot change by
   * themselves.
   *
   * Requests run in parallel, so the refused attempt need not be the latest one: `refused` tells which it was. When it
   * is left out, the latest is meant.
   */
  onUnauthorized?(refused?: RefusedAttempt): boolean | Promise<boolean>;
  /**
   * Called after an answer of 403, which can mean credentials that have expired or were revoked, as AWS says it, or
   * that they are good and may not write here. The attempt stays refused and nothing waits for this call; it is for
   * plugins that keep credentials for some time, so that the next attempt gets fresh ones. Leave it out elsewhere.
   */
  onForbidden?(refused: RefusedAttempt): void;
}
