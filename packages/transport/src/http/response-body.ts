import { abortable } from "./abortable.js";
import type { ResponseBody } from "./http.js";

/** How much of an error's body is shown (W1.17, H9). */
const shownBytes = 1024;
/** How much more is read for nothing, so that the connection can be used again; beyond it a new one is cheaper. */
const discardedBytes = 64 * 1024;
/** How long a body may take to end when nobody wants it. */
const discardMillis = 1000;

/** The beginning of a body, and whether there was more. */
export interface ErrorBody {
  readonly bytes: Uint8Array;
  readonly truncated: boolean;
}

/**
 * Reads the first 1,024 bytes of the body of an error; the rest is discarded meanwhile. Never rejects: when the
 * connection breaks or the signal is aborted, what has come is the body.
 */
export async function readErrorBody(body: ResponseBody, signal: AbortSignal): Promise<ErrorBody> {
  const bytes = new Uint8Array(shownBytes);
  let length = 0;
  try {
    for (;;) {
      const chunk = await abortable(signal, body.read());
      if (chunk === undefined) return { bytes: bytes.subarray(0, length), truncated: false };
      const fitting = chunk.subarray(0, shownBytes - length);
      bytes.set(fitting, length);
      length += fitting.byteLength;
      if (fitting.byteLength < chunk.byteLength) {
        void discardBody(body);
        break;
      }
    }
  } catch {
    body.cancel();
  }
  return { bytes: bytes.subarray(0, length), truncated: true };
}

/**
 * Reads a body to its end without looking at it (W1.7, W2.11), so that the connection is free for the next request.
 * Gives up the connection if the body is long, or not at its end within a second. Never rejects.
 */
export async function discardBody(body: ResponseBody): Promise<void> {
  const timer = setTimeout(() => body.cancel(), discardMillis) as number | { unref(): void };
  if (typeof timer !== "number") timer.unref();
  try {
    let left = discardedBytes;
    for (let chunk = await body.read(); chunk !== undefined; chunk = await body.read()) {
      left -= chunk.byteLength;
      if (left < 0) {
        body.cancel();
        break;
      }
    }
  } catch {
    // The outcome is known already.
  } finally {
    clearTimeout(timer as number);
  }
}
