// The package's main module has the decompressor too, which a sender does not need.
import { SnappyCompressor } from "snappyjs/snappy_compressor.js";
import type { Codec } from "./codec.js";

/**
 * Where the compressor writes to. It needs room for the worst case, and new memory of that size for each request costs as
 * much as compressing does, or twice as much where pages are dear. Held weakly, as requests come seldom.
 */
let spareOutput: WeakRef<Uint8Array> | undefined;

function outputOf(length: number): Uint8Array {
  const spare = spareOutput?.deref();
  if (spare !== undefined && spare.length >= length) return spare;
  const output = new Uint8Array(length);
  spareOutput = new WeakRef(output);
  return output;
}

/** Snappy's block format in plain JavaScript (W1.6, H1), some 0.5 GB/s. Runs everywhere. */
export const snappyCodec: Codec = {
  name: "snappy",
  compress(bytes) {
    const compressor = new SnappyCompressor(bytes);
    const output = outputOf(compressor.maxCompressedLength());
    return output.slice(0, compressor.compressToBuffer(output));
  },
};
