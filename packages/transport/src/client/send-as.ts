import type { ProtobufMessage } from "../message/protobuf-message.js";
import type { Answer } from "../negotiation/takes-message.js";
import type { RefusalReason } from "../outcome/remote-write-error.js";
import { sendAttempt, type Attempt, type AttemptResult, type Endpoint } from "./attempt.js";
import type { Batch } from "./batch.js";
import { encodeBody } from "./encode-body.js";
import { doubtCredentials, renewCredentials } from "./renew-credentials.js";

/** What goes with a batch. */
export interface Sending {
  readonly signal: AbortSignal | undefined;
  /** How many times the batch was tried before. */
  readonly attempt: number;
}

/** Sends a batch as one message, with a second attempt after a 401 if there are other credentials. Never rejects. */
export async function sendAs(
  endpoint: Endpoint,
  message: ProtobufMessage,
  batch: Batch,
  { signal, attempt }: Sending,
): Promise<Answer> {
  const body = encodeBody(endpoint.options, batch, message);
  if (!(body instanceof Uint8Array)) return { message, outcome: body, headersHidden: undefined };
  const { samples, histograms, exemplars } = batch.counts;
  const hasData = samples + histograms + exemplars > 0;
  const first: Attempt = { message, body, hasData, retry: attempt, authAttempt: attempt + 1, signal };
  let result = await sendAttempt(endpoint, first);
  const { authHeaders } = result;
  if (isRefusedAs("unauthorized", result) && (await renewCredentials(endpoint, authHeaders, signal))) {
    result = await sendAttempt(endpoint, { ...first, authAttempt: attempt + 2 });
  }
  if (isRefusedAs("forbidden", result)) doubtCredentials(endpoint, result.authHeaders, signal);
  const { outcome, headersHidden } = result;
  return { message, outcome, headersHidden };
}

function isRefusedAs(reason: RefusalReason, { outcome }: AttemptResult): boolean {
  return outcome.kind === "refused" && outcome.reason === reason;
}
