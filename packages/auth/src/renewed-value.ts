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
  /** Gets a new value; under way once at most, however many ask. */
  readonly fetch: (signal: AbortSignal) => Promise<ExpiringValue<T>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A value that is fetched when it is needed, kept, and fetched again in time. */
export interface RenewedValue<T> {
  /** The present value. Rejects with the error of `fetch` when there is none, or when the signal is aborted. */
  get(signal: AbortSignal): Promise<T>;
  /** Drops the present value if it is one of those that were refused. */
  discard(isRefused: (value: T) => boolean): void;
}

/** Keeps a value such as a token, and fetches another one before it ends, or after it was refused. */
export function createRenewedValue<T>({ fetch, now, ...limits }: RenewedValueOptions<T>): RenewedValue<T> {
  let present: ExpiringValue<T> | undefined;
  const renew = createSharedCall({
    ...limits,
    async call(signal) {
      const fetched = await fetch(signal);
      // Someone who came later may have one already.
      if (!signal.aborted) present = fetched;
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
    discard(isRefused) {
      if (present !== undefined && isRefused(present.value)) present = undefined;
    },
  };
}
