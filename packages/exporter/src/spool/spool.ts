import type { PointCounts } from "../stats/exporter-stats.js";

/** One request's worth of series and points, as it is kept. */
export interface SpoolRecord {
  /** An `io.prometheus.write.v2.Request`, not compressed. */
  readonly message: Uint8Array;
  readonly counts: PointCounts;
  /** When it was accepted, in milliseconds since the epoch. */
  readonly acceptedMillis: number;
}

/** What a spool says besides what it returns. */
export interface SpoolEvents {
  /**
   * Records are gone that were never read.
   * @param reason why, as a code: it is counted in `stats().dropped`
   * @param points how many samples and histograms they had
   */
  onDrop(reason: string, points: number, detail: string): void;
  /** Something to look at. Of one `kind` only the first message of a minute is logged. */
  onWarning(kind: string, message: string): void;
}

/** A durable queue that the exporter is given. Records leave it in the order in which they came. */
export interface Spool {
  /** How long a record is tried, in milliseconds since it was accepted; in place of `queue.sampleAgeLimitMillis`. */
  readonly maxAgeMillis: number;
  /** Called once, before anything else. May throw, where the spool is in use. */
  open(events: SpoolEvents): void;
  /**
   * Accepts records, all or none; rejects where it does not. They share no series, so that they may be sent side by side.
   * The messages are overwritten when the promise has settled.
   */
  append(records: readonly SpoolRecord[]): Promise<void>;
  /**
   * The next records that were not read yet, all from one `append`; none where all are read. Called again only when the
   * promise has settled.
   */
  read(): Promise<readonly SpoolRecord[]>;
  /** A record that was read is done with, and so are all that were read before it. */
  ack(record: SpoolRecord): void;
  /** What is kept and not acknowledged: samples and histograms, and bytes. */
  size(): { readonly points: number; readonly bytes: number };
  /** What is left stays for the next process. */
  close(): Promise<void>;
}
