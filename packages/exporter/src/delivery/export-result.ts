import type { DeliveryFailure, QueuedRound } from "./queued-round.js";

/** What becomes of one export: undefined when all its Rounds are acknowledged, otherwise how many are not, and why (E6). */
export async function exportResult(rounds: readonly QueuedRound[]): Promise<DeliveryFailure> {
  const results = await Promise.all(rounds.map(({ settled }) => settled));
  const failures = results.filter((failure) => failure !== undefined);
  const [first] = failures;
  if (first === undefined || rounds.length === 1) return first;
  return new Error(`${failures.length} of ${rounds.length} requests failed: ${first.message}`, {
    cause: first,
  });
}
