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
  const turn = negotiation.begin() ?? (await waitForTurn(endpoint, negotiation, sending.signal));
  if ("kind" in turn) return turn;
  let outcome: Outcome | undefined;
  try {
    const first = await sendAs(endpoint, turn.message, batch, sending);
    outcome = first.outcome;
    const other = turn.answered(first);
    if (other === undefined) return outcome;
    const second = await sendAs(endpoint, other, batch, sending);
    turn.answered(second);
    // What the receiver says of a message that it does not take is less telling.
    const isTelling = second.outcome.kind !== "refused" || second.outcome.reason !== "unsupported_media_type";
    if (isTelling) outcome = second.outcome;
    return outcome;
  } finally {
    turn.end(outcome);
  }
}

/** @returns What came of the waiting where it gives no turn: the signal ended it, or the endpoint could not be reached. */
async function waitForTurn(
  endpoint: Endpoint,
  negotiation: Negotiation,
  signal: AbortSignal | undefined,
): Promise<Turn | Outcome> {
  for (;;) {
    const change = negotiation.wait();
    try {
      const unreached = await (signal === undefined ? change : abortable(signal, change));
      if (unreached !== undefined) return unreached;
    } catch {
      return abortedOutcome(endpoint.options.url);
    }
    const turn = negotiation.begin();
    if (turn !== undefined) return turn;
  }
}
