import { abortable } from "../http/abortable.js";
import type { Negotiation, Turn } from "../negotiation/negotiation.js";
import { abortedOutcome } from "../outcome/no-response.js";
import type { Outcome } from "../outcome/outcome.js";
import type { Endpoint } from "./attempt.js";
import type { Batch } from "./batch.js";
import { sendAs, type Sending } from "./send-as.js";

/** Sends a batch as the message that the receiver takes, and once more as the other one where it does not (H11). */
export async function sendNegotiated(
  endpoint: Endpoint,
  negotiation: Negotiation,
  batch: Batch,
  sending: Sending,
): Promise<Outcome> {
  const turn = negotiation.begin() ?? (await waitForTurn(negotiation, sending.signal));
  if (turn === undefined) return abortedOutcome(endpoint.options.url);
  try {
    const first = await sendAs(endpoint, turn.message, batch, sending);
    const other = turn.answered(first);
    if (other === undefined) return first.outcome;
    const second = await sendAs(endpoint, other, batch, sending);
    turn.answered(second);
    // What the receiver says of a message that it does not take is less telling.
    const isTelling = second.outcome.kind !== "refused" || second.outcome.reason !== "unsupported_media_type";
    return isTelling ? second.outcome : first.outcome;
  } finally {
    turn.end();
  }
}

/** @returns Undefined where the signal ended the waiting. */
async function waitForTurn(
  negotiation: Negotiation,
  signal: AbortSignal | undefined,
): Promise<Turn | undefined> {
  for (;;) {
    const change = negotiation.wait();
    try {
      await (signal === undefined ? change : abortable(signal, change));
    } catch {
      return undefined;
    }
    const turn = negotiation.begin();
    if (turn !== undefined) return turn;
  }
}
