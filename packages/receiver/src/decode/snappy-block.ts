import snappy from "snappyjs";
import { checkBlockElements } from "./block-elements.js";

/** The decompressed bytes, or why there are none. */
export type Uncompressed =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: "framed" | "corrupt" | "too-large"; readonly detail: string };

/** How every snappy *framed* stream begins: a stream identifier chunk. */
const framedStart = [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59];

/**
 * Decompresses a snappy block (W1.6, W2.2) of at most `maxBytes` decompressed bytes. The size that the block
 * announces is checked before anything is allocated, and its structure before snappyjs sees it: on a malformed
 * block snappyjs can read backwards for ever, or fill what is missing with zeros.
 */
export function uncompressBlock(block: Uint8Array, maxBytes: number): Uncompressed {
  if (framedStart.every((byte, i) => block[i] === byte)) {
    return {
      ok: false,
      reason: "framed",
      detail: "the body is snappy's framed format, not its block format",
    };
  }
  const preamble = readPreamble(block);
  if (preamble === undefined) {
    return corrupt("it does not begin with a length");
  }
  if (preamble.length > maxBytes) {
    const detail = `the message has ${preamble.length} bytes decompressed, the limit is ${maxBytes}`;
    return { ok: false, reason: "too-large", detail };
  }
  const problem = checkBlockElements(block, preamble.end, preamble.length);
  if (problem !== undefined) return corrupt(problem);
  try {
    return { ok: true, bytes: snappy.uncompress(block, maxBytes) };
  } catch (error) {
    return corrupt(error instanceof Error ? error.message : "unreadable");
  }
}

function corrupt(problem: string): Uncompressed {
  return { ok: false, reason: "corrupt", detail: `the body is not a snappy block: ${problem}` };
}

/** The decompressed length, an unsigned 32-bit varint, and where it ends. */
function readPreamble(block: Uint8Array): { length: number; end: number } | undefined {
  let length = 0;
  for (let i = 0; i < 5; i++) {
    const byte = block[i];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return length < 2 ** 32 ? { length, end: i + 1 } : undefined;
  }
  return undefined;
}
