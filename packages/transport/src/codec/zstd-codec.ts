import { zstdCompressSync } from "node:zlib";
import type { Codec } from "./codec.js";

/**
 * Zstandard, by Node's own zlib, at level 3. Not remote write but VictoriaMetrics' protocol of its own: the message of 1.0
 * with headers that its servers and vmagent know. Other receivers refuse it. Makes smaller requests than snappy.
 */
export const zstdCodec: Codec = {
  name: "zstd",
  headers: { "X-VictoriaMetrics-Remote-Write-Version": "1" },
  compress: (bytes) => zstdCompressSync(bytes),
};
