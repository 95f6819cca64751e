import { encoderOf } from "../batches/batch.js";
import type { BatchRound } from "../batches/round-sink.js";
import type { Runtime } from "../delivery/runtime.js";
import { thrownMessage } from "./thrown-message.js";
import { countPoints } from "../sending/pending-round.js";
import type { HeldRecords } from "./held-records.js";
import type { Spool, SpoolRecord } from "./spool.js";

export interface SpoolIntakeOptions {
  readonly spool: Spool;
  /** Where records go that the spool does not accept. */
  readonly held: HeldRecords;
  readonly runtime: Runtime;
  /** Told when records are there to be sent. */
  readonly onAccepted: () => void;
  /** Told why the spool does not accept records, which are in memory from then on. */
  readonly onHeld: (records: readonly SpoolRecord[], why: Error) => void;
  /** Told which records had to leave the memory. */
  readonly onOverflow: (records: readonly SpoolRecord[]) => void;
}

/** Brings Rounds into a spool, in order. */
export interface SpoolIntake {
  /**
   * Encodes Rounds and gives them to the spool: up to 2,000 samples before it returns, and what takes longer in slices
   * between other work of the event loop. Resolves with undefined when the spool has accepted them, with an error
   * where they are only in memory. Never rejects.
   */
  accept(rounds: readonly BatchRound[]): Promise<Error | undefined>;
  /** Whether Rounds are still on their way into the spool. */
  isBusy(): boolean;
  /** Resolves when it is not busy. */
  finished(): Promise<void>;
  /** Tries once more to bring into the spool what is held. Gives why it could not. */
  retryHeld(): Promise<Error | undefined>;
}

interface Acceptance {
  readonly rounds: readonly BatchRound[];
  done: number;
  failure: Error | undefined;
  readonly resolve: (failure: Error | undefined) => void;
}

/** For how long Rounds are encoded at a time; so many samples in any case, so that small exports are accepted at once. */
const sliceMillis = 8;
const leastSamples = 2000;

export function createSpoolIntake(options: SpoolIntakeOptions): SpoolIntake {
  const { spool, held, runtime, onAccepted, onHeld, onOverflow } = options;
  const waiting: Acceptance[] = [];
  let running: Promise<void> | undefined;

  /** The messages lie in their batches' buffers, which the next Rounds overwrite: one `append` after another. */
  function encodeSlice(acceptance: Acceptance): SpoolRecord[] {
    const end = runtime.monotonic() + sliceMillis;
    const acceptedMillis = runtime.now();
    const records: SpoolRecord[] = [];
    let samples = 0;
    while (acceptance.done < acceptance.rounds.length) {
      const { batch, round } = acceptance.rounds[acceptance.done++] as BatchRound;
      const message = encoderOf(batch, "io.prometheus.write.v2.Request").encode(round);
      // It will: the spool has it.
      batch.hasArrived = true;
      const counts = countPoints(round);
      records.push({ message, counts, acceptedMillis });
      samples += counts.samples + counts.histograms;
      if (samples >= leastSamples && runtime.monotonic() >= end) break;
    }
    return records;
  }

  async function tryAppend(records: readonly SpoolRecord[]): Promise<Error | undefined> {
    try {
      await spool.append(records);
      return undefined;
    } catch (error) {
      return new Error(thrownMessage(error), { cause: error });
    }
  }

  async function retryHeld(): Promise<Error | undefined> {
    for (let records = held.first(); records !== undefined; records = held.first()) {
      const failure = await tryAppend(records);
      if (failure !== undefined) return failure;
      held.removeFirst();
    }
    return undefined;
  }

  function hold(records: readonly SpoolRecord[], why: Error): void {
    const copies = records.map((record) => ({ ...record, message: record.message.slice() }));
    onHeld(copies, why);
    const dropped = held.add(copies);
    if (dropped.length > 0) onOverflow(dropped);
  }

  async function append(records: readonly SpoolRecord[]): Promise<Error | undefined> {
    // What is held is older, and has to come before.
    const failure = (held.isEmpty() ? undefined : await retryHeld()) ?? (await tryAppend(records));
    if (failure !== undefined) hold(records, failure);
    onAccepted();
    return failure;
  }

  async function run(): Promise<void> {
    for (let acceptance = waiting[0]; acceptance !== undefined; acceptance = waiting[0]) {
      const records = encodeSlice(acceptance);
      if (records.length > 0) acceptance.failure = (await append(records)) ?? acceptance.failure;
      if (acceptance.done === acceptance.rounds.length) {
        waiting.shift();
        acceptance.resolve(acceptance.failure);
      } else {
        await new Promise<void>((resolve) => runtime.nextTurn(resolve));
      }
    }
  }

  function start(): void {
    running ??= run().finally(() => {
      running = undefined;
      // Something may have come just when it ended.
      if (waiting.length > 0) start();
      else onAccepted();
    });
  }

  return {
    accept(rounds) {
      const { promise, resolve } = Promise.withResolvers<Error | undefined>();
      waiting.push({ rounds, done: 0, failure: undefined, resolve });
      start();
      return promise;
    },
    isBusy: () => running !== undefined,
    async finished() {
      for (let current = running; current !== undefined; current = running) await current;
    },
    retryHeld,
  };
}
