import type { IncomingMessage } from "node:http";

/** The body, or why there is none: it is over the limit, or the sender went away. */
export type Body = Uint8Array | "too-large" | "aborted";

/**
 * Reads a body of at most `maxBytes`. The rest of a larger one is read and thrown away: closing the connection on a
 * sender that is still writing would lose it the answer.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    return "aborted";
  }
  return size <= maxBytes ? new Uint8Array(Buffer.concat(chunks)) : "too-large";
}
