import type { Batch } from "../batches/batch.js";
import type { QueuedRound } from "./queued-round.js";

/** Rounds of one batch, the oldest first. */
interface Lane {
  readonly rounds: QueuedRound[];
  /** Whether the first of them is on its way. */
  sending: boolean;
}

/** A Round that is not on its way, and where it waits. */
interface Waiting {
  readonly batch: Batch;
  readonly lane: Lane;
  readonly round: QueuedRound;
}

export interface RoundQueue {
  add(round: QueuedRound): void;
  /** The next Round whose batch has none on its way, marked as on its way; batches take turns. */
  startNext(): QueuedRound | undefined;
  /** A Round that is on its way has to be sent again: it is first in its batch. */
  putBack(round: QueuedRound): void;
  /** A Round that is on its way is acknowledged or given up. */
  finish(round: QueuedRound): void;
  /** Puts others, of this batch and of new ones, into the place of each Round of a batch; none is then on its way. */
  replace(batch: Batch, others: (round: QueuedRound) => readonly QueuedRound[]): void;
  /** Takes out Rounds that are not on their way, the oldest first, as long as `mayGo` says so of the next one. */
  removeOldest(mayGo: (round: QueuedRound) => boolean): QueuedRound[];
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
    samples += sign * round.points;
    bytes += sign * round.bytes;
  }

  /** The Rounds of a lane that are not on their way start here. */
  function firstWaiting(lane: Lane): number {
    return lane.sending ? 1 : 0;
  }

  function removeAt(batch: Batch, lane: Lane, index: number): void {
    const [round] = lane.rounds.splice(index, 1);
    if (round !== undefined) count(round, -1);
    if (lane.rounds.length === 0) lanes.delete(batch);
  }

  /** Rounds that are not on their way, the oldest first; so are those of each batch. */
  function waitingByAge(): Waiting[] {
    const waiting: Waiting[] = [];
    for (const [batch, lane] of lanes) {
      for (const round of lane.rounds.slice(firstWaiting(lane))) waiting.push({ batch, lane, round });
    }
    return waiting.toSorted((a, b) => a.round.sequence - b.round.sequence);
  }

  function add(round: QueuedRound): void {
    let lane = lanes.get(round.batch);
    if (lane === undefined) {
      lane = { rounds: [], sending: false };
      lanes.set(round.batch, lane);
    }
    lane.rounds.push(round);
    count(round, 1);
  }

  return {
    add,
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
    replace(batch, others) {
      const lane = lanes.get(batch);
      if (lane === undefined) return;
      if (lane.sending) inFlight--;
      lanes.delete(batch);
      for (const round of lane.rounds) {
        count(round, -1);
        others(round).forEach(add);
      }
    },
    removeOldest(mayGo) {
      const removed: QueuedRound[] = [];
      for (const { batch, lane, round } of waitingByAge()) {
        if (!mayGo(round)) break;
        removeAt(batch, lane, firstWaiting(lane));
        removed.push(round);
      }
      return removed;
    },
    totals: () => ({ rounds, samples, bytes }),
    inFlight: () => inFlight,
  };
}
