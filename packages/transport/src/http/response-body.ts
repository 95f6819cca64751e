import { abortable } from "./abortable.js";
import type { ResponseBody } from "./http.js";

/** How much of an error's body is shown (W1.17, H9). */
const shownBytes = 1024;
/** How much more is read for nothing, so that the connection can be used again; beyond it a new one is cheaper. */
const discardedBytes = 64 * 1024;
/** How long a body may take to end after the outcome is known. */
const discardMillis = 1000;

/** The beginning of a body, and whether there was more. */
export interface ErrorBody {
  readonly bytes: Uint8Array;
  readonly truncated: boolean;
}

/**
 * Reads the first 1,024 bytes of the body of an error; the rest is discarded later. Never rejects: when the connection
 * breaks or the signal is aborted, what has come is the body.
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
        discardBody(body);
        break;
      }
    }
  } catch {
    body.cancel();
  }
  return { bytes: bytes.subarray(0, length), truncated: true };
}

/**
 * Reads a body to its end in the background, without looking at it (W1.7, W2.11), and gives up the connection if it is
 * long or slow.
 */
export function discardBody(body: ResponseBody): void {
  const timer: { unref?: () => void } = setTimeout(() => body.cancel(), discardMillis) as never;
  timer.unref?.();
  void discard(body).finally(() => clearTimeout(timer as never));
}

async function discard(body: ResponseBody): Promise<void> {
  let left = discardedBytes;
  try {
    for (let chunk = await body.read(); chunk !== undefined; chunk = await body.read()) {
      left -= chunk.byteLength;
      if (left < 0) {
        body.cancel();
        return;
      }
    }
  } catch {
    // The outcome is known already.
  }
}
