import type { EndpointPause } from "./endpoint-pause.js";
import type { QueuedRound } from "./queued-round.js";
import type { Runtime } from "./runtime.js";

/** What a flush waits for: a Round, or more of them. */
export type Awaited = Pick<QueuedRound, "awaitedUntil" | "settled">;

/** Those who wait until Rounds are delivered (E7). */
export interface Flushes {
  /**
   * Resolves when all are settled, at the latest after `limitMillis`. Each is waited for so long at most, however
   * often it is flushed: the SDK flushes before it shuts down. Keeps the process alive until then (E15).
   */
  wait(awaited: readonly Awaited[], limitMillis: number): Promise<void>;
  /**
   * Must be called when a pause begins. One that would outlast a flush is cut short once, for one more attempt; if that
   * fails, too, the flush ends, as nothing can come of it any more.
   */
  check(): void;
}

interface Flush {
  readonly end: number;
  /** Whether a pause was cut short for it. */
  triedAgain: boolean;
  readonly giveUp: () => void;
}

/** How soon the endpoint is tried again for a flush, whatever it asked for. */
const lastTryMillis = 1000;

/** @param inFlight how many requests are on their way */
export function createFlushes(
  { monotonic, startTimer }: Pick<Runtime, "monotonic" | "startTimer">,
  pause: EndpointPause,
  inFlight: () => number,
): Flushes {
  const flushes = new Set<Flush>();

  function check(): void {
    for (const flush of flushes) {
      const left = flush.end - monotonic();
      if (pause.leftMillis() <= left) continue;
      if (!flush.triedAgain) {
        flush.triedAgain = true;
        pause.cutTo(Math.min(lastTryMillis, left / 2));
      } else if (inFlight() === 0) {
        flush.giveUp();
      }
    }
  }

  return {
    check,
    async wait(awaited, limitMillis) {
      const now = monotonic();
      let end = now;
      for (const round of awaited) {
        round.awaitedUntil = Math.min(round.awaitedUntil ?? Infinity, now + limitMillis);
        end = Math.max(end, round.awaitedUntil);
      }
      if (end === now) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      // Only this timer keeps the process alive meanwhile.
      const limit = startTimer(end - now, true, resolve);
      const flush = { end, triedAgain: false, giveUp: resolve };
      flushes.add(flush);
      check();
      await Promise.race([Promise.all(awaited.map(({ settled }) => settled)), promise]);
      flushes.delete(flush);
      limit.cancel();
    },
  };
}
