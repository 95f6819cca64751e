import type { ProtobufMessage } from "../message/protobuf-message.js";
import type { Outcome } from "../outcome/outcome.js";

/** The answer to one message. */
export interface Answer {
  readonly message: ProtobufMessage;
  readonly outcome: Outcome;
  /** Whether headers of the answer may be hidden (by CORS); undefined where there was no answer. */
  readonly headersHidden: boolean | undefined;
}

/**
 * Whether the receiver takes the message (W2.15, W2.18, H10, H11); undefined where the answer does not tell: outages,
 * limits, missing credentials, samples that it does not want.
 */
export function takesMessage({ message, outcome, headersHidden }: Answer): boolean | undefined {
  const isFirst = message === "prometheus.WriteRequest";
  if (outcome.kind === "acknowledged") {
    if (isFirst || outcome.written !== undefined) return true;
    // Whether it stored anything cannot be seen. Where all can be seen, the batch was empty.
    return headersHidden === true ? false : undefined;
  }
  if (outcome.kind !== "refused") return undefined;
  if (outcome.reason === "unsupported_media_type") return false;
  if (isFirst) return undefined;
  if (outcome.written !== undefined) return true;
  return outcome.reason === "nothing_written" || outcome.reason === "bad_request" ? false : undefined;
}
