import snappy from "snappyjs";
import type { Codec } from "./codec.js";

/** Snappy's block format in plain JavaScript (W1.6, H1), some 0.5 GB/s. Runs everywhere. */
export const snappyCodec: Codec = {
  name: "snappy",
  compress: (bytes) => snappy.compress(bytes),
};
