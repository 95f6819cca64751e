import { createSharedCall, type SharedCallOptions } from "./shared-call.js";

/** A value with an end. */
export interface ExpiringValue<T> {
  readonly value: T;
  /** From then on another one is fetched before it is given. Milliseconds since 1970; may be infinite. */
  readonly renewAtMillis: number;
  /** Until then it is given when no other one can be had. Milliseconds since 1970; may be infinite. */
  readonly expiresAtMillis: number;
}

/** What {@link createRenewedValue} needs to know. */
export interface RenewedValueOptions<T> extends Omit<SharedCallOptions<ExpiringValue<T>>, "call"> {
  /**
   * Gets a new value; under way once at most, however many ask.
   *
   * @param refused whether the last one was refused, so that nobody may give it from a cache of theirs
   */
  readonly fetch: (signal: AbortSignal, refused: boolean) => Promise<ExpiringValue<T>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A value that is fetched when it is needed, kept, and fetched again in time. */
export interface RenewedValue<T> {
  /** The present value. Rejects with the error of `fetch` when there is none, or when the signal is aborted. */
  get(signal: AbortSignal): Promise<T>;
  /** Drops the present value if it is one of those that were refused. */
  discard(isRefused: (value: T) => boolean): void;
  /**
   * The same where the value may be good all the same: then no more than once in ten seconds, as whoever gives values
   * would be asked for every request otherwise.
   */
  discardDoubtful(isRefused: (value: T) => boolean): void;
}

const doubtIntervalMillis = 10_000;

/** Keeps a value such as a token, and fetches another one before it ends, or after it was refused. */
export function createRenewedValue<T>({ fetch, now, ...limits }: RenewedValueOptions<T>): RenewedValue<T> {
  let present: ExpiringValue<T> | undefined;
  let refused = false;
  let doubtedAt = -Infinity;
  const renew = createSharedCall({
    ...limits,
    async call(signal) {
      const fetched = await fetch(signal, refused);
      // Someone who came later may have one already.
      if (!signal.aborted) {
        present = fetched;
        refused = false;
      }
      return fetched;
    },
  });
  return {
    async get(signal) {
      if (present !== undefined && now() < present.renewAtMillis) return present.value;
      try {
        return (await renew(signal)).value;
      } catch (error) {
        // It may have been discarded meanwhile.
        const last = present;
        if (last === undefined || signal.aborted || now() >= last.expiresAtMillis) throw error;
        return last.value;
      }
    },
    discard,
    discardDoubtful(isRefused) {
      // A clock that was set back must not end it.
      if (Math.abs(now() - doubtedAt) < doubtIntervalMillis) return;
      if (discard(isRefused)) doubtedAt = now();
    },
  };

  function discard(isRefused: (value: T) => boolean): boolean {
    if (present === undefined || !isRefused(present.value)) return false;
    present = undefined;
    refused = true;
    return true;
  }
}
