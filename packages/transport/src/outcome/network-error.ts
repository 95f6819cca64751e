import { networkFaultText } from "#network-faults";
import type { RetryReason } from "./remote-write-error.js";

/** Why no response came, for people and for programs. */
export interface NetworkFault {
  readonly reason: RetryReason;
  /** Of the error that decides, such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  readonly text: string;
}

/** Says why no response came, by the first known code among the error, its causes and its parts (H8). */
export function describeNetworkError(error: unknown, url: URL): NetworkFault {
  let message: unknown;
  for (const found of errorsWithin(error)) {
    if (found.fault !== undefined) return found.fault as NetworkFault;
    const known = typeof found.code === "string" ? networkFaultText(found.code, found) : undefined;
    if (known !== undefined) {
      const code = found.code as string;
      return { reason: known.reason, code, text: `${known.what(url, found)} (${code}): ${known.advice}` };
    }
    // The innermost message says most: the outer one is often just "fetch failed".
    if (typeof found.message === "string" && found.message !== "") message = found.message;
  }
  const text = message === undefined ? "the request failed" : `the request failed: ${message as string}`;
  return { reason: "network_error", code: undefined, text };
}

interface ErrorLike {
  /** Of an error that our own HTTP understood already. */
  readonly fault?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Causes can form a ring. */
const mostErrors = 20;

/** An error, its causes, and the parts of an AggregateError (a host with several addresses), outermost first. */
function errorsWithin(error: unknown): ErrorLike[] {
  const found: ErrorLike[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && found.length < mostErrors) {
    const next = toErrorLike(waiting.shift());
    found.push(next);
    if (next.cause !== undefined) waiting.push(next.cause);
    if (Array.isArray(next.errors)) waiting.push(...(next.errors as unknown[]));
  }
  return found;
}

/** Anything can be thrown. */
function toErrorLike(value: unknown): ErrorLike {
  return typeof value === "object" && value !== null ? value : { message: value };
}
