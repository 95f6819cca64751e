/** Compresses the body of a request. A plain value: `{ name: "snappy", compress: bytes => … }`. */
export interface Codec {
  /** Goes out as `Content-Encoding`. Remote write knows `snappy` only (W1.4, W2.6); another one is sent as 1.0. */
  readonly name: string;
  /** Go out with every request, for receivers that ask for more than the encoding. None by default. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Gives the compressed bytes, synchronously. For `snappy` that is the block format; the framed format is forbidden
   * (W1.6, W2.2). The result must not be a buffer that a later call overwrites, nor share memory with `bytes`, which are
   * overwritten too: several requests are under way at once.
   */
  compress(bytes: Uint8Array): Uint8Array;
}
