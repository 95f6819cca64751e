import { createHttp } from "#http";
import { createFetchHttp } from "../http/fetch-http.js";
import type { ProtobufMessage } from "../message/protobuf-message.js";
import { abortedOutcome } from "../outcome/no-response.js";
import type { Outcome } from "../outcome/outcome.js";
import { sendAttempt, type Attempt, type Endpoint } from "./attempt.js";
import type { Batch } from "./batch.js";
import { createAttemptTimers } from "./attempt-timers.js";
import { encodeBody } from "./encode-body.js";
import { resolveOptions, type RemoteWriteClientOptions } from "./options.js";
import { renewCredentials } from "./renew-credentials.js";

export interface SendOptions {
  /** Ends the request: the outcome is then `aborted`, unless the answer was there already. */
  readonly signal?: AbortSignal | undefined;
  /** How many times this batch was tried before; from 1 on it goes out as `Retry-Attempt` (H7). 0 by default. */
  readonly attempt?: number | undefined;
}

/** Sends remote-write requests to one endpoint. */
export interface RemoteWriteClient {
  /**
   * Sends a batch in one request, and once more where the receiver answers 401 and the auth plugin renews its
   * credentials. It does not retry: that is up to the caller, who holds the queue. Never rejects.
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

/**
 * Makes a client. Nothing is opened or loaded before the first `send`.
 *
 * @throws {TypeError} Where an option is unknown or wrong; the message names it and what a good value looks like.
 */
export function createRemoteWriteClient(options: RemoteWriteClientOptions): RemoteWriteClient {
  const resolved = resolveOptions(options);
  const http = resolved.fetch === undefined ? createHttp() : createFetchHttp(resolved.fetch);
  const timers = createAttemptTimers();
  const endpoint: Endpoint = { options: resolved, http, timers };

  return {
    async send(batch, { signal, attempt = 0 } = {}) {
      if (signal?.aborted === true) return abortedOutcome(resolved.url);
      return await sendAs(endpoint, resolved.protobufMessage, batch, { signal, attempt });
    },
    ref: () => timers.ref(),
    unref: () => timers.unref(),
    close: () => http.close(),
  };
}

/** Sends a batch as one message, with a second attempt after a 401 if there are other credentials. */
async function sendAs(
  endpoint: Endpoint,
  message: ProtobufMessage,
  batch: Batch,
  { signal, attempt }: { signal: AbortSignal | undefined; attempt: number },
): Promise<Outcome> {
  const body = encodeBody(endpoint.options, batch, message);
  if (!(body instanceof Uint8Array)) return body;
  const { samples, histograms, exemplars } = batch.counts;
  const hasData = samples + histograms + exemplars > 0;
  const first: Attempt = { message, body, hasData, retry: attempt, authAttempt: attempt + 1, signal };
  const { outcome, authHeaders } = await sendAttempt(endpoint, first);
  if (outcome.kind !== "refused" || outcome.reason !== "unauthorized") return outcome;
  if (!(await renewCredentials(endpoint, authHeaders, signal))) return outcome;
  const second = await sendAttempt(endpoint, { ...first, authAttempt: attempt + 2 });
  return second.outcome;
}
