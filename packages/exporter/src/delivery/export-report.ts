import type { DeliveryFailure } from "./queued-round.js";

/** Gathers what becomes of the Rounds of one export into one answer. */
export interface ExportReport {
  readonly result: Promise<DeliveryFailure>;
  readonly settled: (failure: DeliveryFailure) => void;
  readonly delayed: (failure: Error) => void;
}

export function createExportReport(rounds: number): ExportReport {
  const { promise, resolve } = Promise.withResolvers<DeliveryFailure>();
  let pending = rounds;
  let failed = 0;
  let firstFailure: DeliveryFailure;
  if (rounds === 0) resolve(undefined);
  return {
    result: promise,
    settled(failure) {
      pending--;
      if (failure !== undefined) {
        failed++;
        firstFailure ??= failure;
      }
      if (pending === 0) resolve(firstFailure && describeFailures(firstFailure, failed, rounds));
    },
    // The export is answered now; what becomes of its Rounds later shows in the statistics and the log.
    delayed: resolve,
  };
}

function describeFailures(first: Error, failed: number, rounds: number): Error {
  return rounds === 1
    ? first
    : new Error(`${failed} of ${rounds} requests failed: ${first.message}`, { cause: first });
}
