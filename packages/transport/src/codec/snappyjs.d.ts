declare module "snappyjs/snappy_compressor.js" {
  /** Compresses bytes to snappy's block format. */
  export class SnappyCompressor {
    constructor(uncompressed: Uint8Array);
    maxCompressedLength(): number;
    /** Gives how many bytes it wrote. */
    compressToBuffer(output: Uint8Array): number;
  }
}
