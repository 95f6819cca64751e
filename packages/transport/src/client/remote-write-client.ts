import { createHttp, headersMayBeHidden } from "#http";
import { createClockSkew } from "../clock/clock-skew.js";
import { refuseConnectionOptions } from "../http/connection-options.js";
import { createConsoleWarn } from "../http/console-warn.js";
import { createFetchHttp } from "../http/fetch-http.js";
import type { Http, Warn } from "../http/http.js";
import type { ProtobufMessage } from "../message/protobuf-message.js";
import { createNegotiation } from "../negotiation/negotiation.js";
import { abortedOutcome } from "../outcome/no-response.js";
import type { Outcome } from "../outcome/outcome.js";
import type { Endpoint } from "./attempt.js";
import { createAttemptTimers } from "./attempt-timers.js";
import type { Batch } from "./batch.js";
import { resolveOptions, type RemoteWriteClientOptions, type ResolvedOptions } from "./options.js";
import { sendAs } from "./send-as.js";
import { sendNegotiated } from "./send-negotiated.js";

export interface SendOptions {
  /** Ends the request: the outcome is then `aborted`, unless the answer was there already. */
  readonly signal?: AbortSignal | undefined;
  /** How many times this batch was tried before; from 1 on it goes out as `Retry-Attempt` (H7). 0 by default. */
  readonly attempt?: number | undefined;
  /**
   * Sends this batch as this message, whatever the others are sent as, and learns nothing from the answer. For what only
   * one of the messages has, such as the metadata of 1.0. By default it is the option `protobufMessage` that decides.
   */
  readonly message?: ProtobufMessage | undefined;
}

/** Sends remote-write requests to one endpoint. */
export interface RemoteWriteClient {
  /**
   * Sends a batch in one request; in a second one where the receiver answers 401 and the auth plugin renews its
   * credentials, and where it does not take the message and `protobufMessage` is `"auto"`. With `"auto"` the first batch
   * goes alone, to find out; where it gets no answer, those that wait for it share its outcome. It does not retry: that is
   * up to the caller, who holds the queue. Never rejects.
   */
  send(batch: Batch, options?: SendOptions): Promise<Outcome>;
  /**
   * Lets requests under way, and those to come, keep the process alive. By default they don't: a script that ends
   * gives them up. Calls are counted, `unref` takes one back. On Node; elsewhere, and with an own `fetch`, the
   * runtime decides.
   */
  ref(): void;
  unref(): void;
  /**
   * Gives up idle connections, and keeps none from now on. Requests under way end as they would, new ones still work.
   */
  close(): void;
}

/** What a client says apart from outcomes. */
export interface RemoteWriteClientEvents {
  /**
   * Takes warnings, such as that the certificate is not checked (`tls.insecureSkipVerify`), that a file of `tls` can no
   * longer be read, or that the receiver's clock differs from this machine's by more than a minute. Of one `kind` only the first in a while is worth a log line. By default the first of each kind goes
   * to `console.warn`.
   */
  readonly onWarning?: ((kind: string, message: string) => void) | undefined;
}

/**
 * Makes a client. No connection is opened before the first `send`; the files of `tls` are read at once.
 *
 * @param owner Who complains, first in messages about options: those who take the options from others.
 * @throws {TypeError} Where an option is unknown or wrong; the message names it and what a good value looks like.
 * @throws {Error} Where a file of `tls` cannot be read or is no good.
 */
export function createRemoteWriteClient(
  options: RemoteWriteClientOptions,
  { onWarning = createConsoleWarn() }: RemoteWriteClientEvents = {},
  owner = "createRemoteWriteClient",
): RemoteWriteClient {
  const resolved = resolveOptions(options, owner);
  const http = createHttpFor(options, resolved, owner, onWarning);
  const timers = createAttemptTimers();
  const clockSkew = createClockSkew(onWarning, () => Date.now());
  const endpoint: Endpoint = { options: resolved, http, timers, clockSkew };
  const negotiation = createNegotiation(headersMayBeHidden, () => Date.now());
  const { protobufMessage } = resolved;

  return {
    async send(batch, { signal, attempt = 0, message: asked } = {}) {
      if (signal?.aborted === true) return abortedOutcome(resolved.url);
      const message = asked ?? protobufMessage;
      if (message === "auto") return await sendNegotiated(endpoint, negotiation, batch, { signal, attempt });
      const { outcome } = await sendAs(endpoint, message, batch, { signal, attempt });
      return outcome;
    },
    ref: () => timers.ref(),
    unref: () => timers.unref(),
    close: () => http.close(),
  };
}

function createHttpFor(
  options: RemoteWriteClientOptions,
  { url, fetch }: ResolvedOptions,
  owner: string,
  warn: Warn,
): Http {
  if (fetch === undefined) return createHttp(url, options, owner, warn);
  refuseConnectionOptions(
    options,
    owner,
    "has no effect with a fetch of your own; set it there, or leave one out",
  );
  return createFetchHttp(fetch);
}
