/** What the receiver takes and keeps at most. */
export interface Limits {
  /** Bytes of a request body, compressed; more is answered 413. Default 32 MiB. */
  readonly requestBytes: number;
  /** Bytes of a message, decompressed; more is answered 413. Default 32 MiB, as in Prometheus. */
  readonly messageBytes: number;
  /** Series kept; the one that was longest without a new point goes first. Default 100,000. */
  readonly series: number;
  /** Samples, histograms and exemplars kept per series, of each; the oldest go first. Default 1,000. */
  readonly pointsPerSeries: number;
  /** Points kept of all series together; whole series go first that were longest without one. Default 2,000,000. */
  readonly points: number;
  /** Requests kept, and their violations; the oldest go first. Default 1,000. */
  readonly requests: number;
  /** Bytes of the bodies of kept requests together. Default 64 MiB. */
  readonly bodyBytes: number;
}

const mebibyte = 1024 * 1024;

export const defaultLimits: Limits = {
  requestBytes: 32 * mebibyte,
  messageBytes: 32 * mebibyte,
  series: 100_000,
  pointsPerSeries: 1_000,
  points: 2_000_000,
  requests: 1_000,
  bodyBytes: 64 * mebibyte,
};
