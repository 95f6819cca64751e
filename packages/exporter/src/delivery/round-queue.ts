import type { Batch } from "../batches/batch.js";
import type { QueuedRound } from "./queued-round.js";

/** Rounds of one batch, the oldest first. */
interface Lane {
  readonly rounds: QueuedRound[];
  /** Whether the first of them is on its way. */
  sending: boolean;
}

export interface RoundQueue {
  add(round: QueuedRound): void;
  /** The next Round whose batch has none on its way, marked as on its way; batches take turns. */
  startNext(): QueuedRound | undefined;
  /** A Round that is on its way has to be sent again: it is first in its batch. */
  putBack(round: QueuedRound): void;
  /** A Round that is on its way is acknowledged or given up. */
  finish(round: QueuedRound): void;
  /** Takes out the oldest Round that is not on its way, unless `keep` says to keep it. */
  removeOldest(keep: (round: QueuedRound) => boolean): QueuedRound | undefined;
  /** Takes out all Rounds that are not on their way and of which `isGone` is true. */
  removeAll(isGone: (round: QueuedRound) => boolean): QueuedRound[];
  /** What waits or is on its way. */
  totals(): { readonly rounds: number; readonly samples: number; readonly bytes: number };
  /** Rounds that are on their way. */
  inFlight(): number;
}

/** Keeps the order of Rounds within each batch (W1.19), and lets batches go side by side. */
export function createRoundQueue(): RoundQueue {
  const lanes = new Map<Batch, Lane>();
  let rounds = 0;
  let samples = 0;
  let bytes = 0;
  let inFlight = 0;

  function count(round: QueuedRound, sign: 1 | -1): void {
    rounds += sign;
    samples += sign * (round.counts.samples + round.counts.histograms);
    bytes += sign * round.bytes;
  }

  /** The Rounds of a lane that are not on their way start here. */
  function firstWaiting(lane: Lane): number {
    return lane.sending ? 1 : 0;
  }

  function removeAt(batch: Batch, lane: Lane, index: number): QueuedRound | undefined {
    const [round] = lane.rounds.splice(index, 1);
    if (round !== undefined) count(round, -1);
    if (lane.rounds.length === 0) lanes.delete(batch);
    return round;
  }

  return {
    add(round) {
      let lane = lanes.get(round.batch);
      if (lane === undefined) {
        lane = { rounds: [], sending: false };
        lanes.set(round.batch, lane);
      }
      lane.rounds.push(round);
      count(round, 1);
    },
    startNext() {
      for (const [batch, lane] of lanes) {
        const [first] = lane.rounds;
        if (lane.sending || first === undefined) continue;
        lane.sending = true;
        inFlight++;
        // To the end, so that the others come first next time.
        lanes.delete(batch);
        lanes.set(batch, lane);
        return first;
      }
      return undefined;
    },
    putBack(round) {
      const lane = lanes.get(round.batch);
      if (lane === undefined) return;
      lane.sending = false;
      inFlight--;
    },
    finish(round) {
      const lane = lanes.get(round.batch);
      if (lane === undefined) return;
      lane.sending = false;
      inFlight--;
      removeAt(round.batch, lane, 0);
    },
    removeOldest(keep) {
      let oldest: { batch: Batch; lane: Lane; round: QueuedRound } | undefined;
      for (const [batch, lane] of lanes) {
        const round = lane.rounds[firstWaiting(lane)];
        if (round === undefined || keep(round)) continue;
        if (oldest === undefined || round.sequence < oldest.round.sequence) oldest = { batch, lane, round };
      }
      return oldest && removeAt(oldest.batch, oldest.lane, firstWaiting(oldest.lane));
    },
    removeAll(isGone) {
      const removed: QueuedRound[] = [];
      for (const [batch, lane] of lanes) {
        for (let index = lane.rounds.length - 1; index >= firstWaiting(lane); index--) {
          const round = lane.rounds[index];
          if (round !== undefined && isGone(round)) {
            removeAt(batch, lane, index);
            removed.push(round);
          }
        }
      }
      return removed;
    },
    totals: () => ({ rounds, samples, bytes }),
    inFlight: () => inFlight,
  };
}
