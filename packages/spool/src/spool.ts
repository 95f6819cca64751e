/** How many of each a record holds. */
export interface PointCounts {
  readonly samples: number;
  /** Native histograms; classic ones are samples. */
  readonly histograms: number;
  readonly exemplars: number;
}

/** One request's worth of series and points. */
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
   * @param reason `spool_full`, `too_old`, `spool_corrupt` or `spool_deleted`
   * @param points how many samples and histograms they had
   */
  onDrop(reason: string, points: number, detail: string): void;
  /** Something to look at. Of one `kind` only the first in a while is worth a log line. */
  onWarning(kind: string, message: string): void;
}

/** A queue of records that outlives the process. Records leave it in the order in which they came. */
export interface Spool {
  /** How long a record may wait, in milliseconds. */
  readonly maxAgeMillis: number;
  /**
   * Begins; called once, before anything else.
   * @throws {Error} where it was called before: a spool is for one exporter
   */
  open(events: SpoolEvents): void;
  /**
   * Accepts records. They share no series, so that they may be sent side by side; those of the next call are sent after
   * them. When this returns they outlive the process, and when the promise resolves they are as safe as they get.
   * It rejects where they are not accepted, none of them.
   */
  append(records: readonly SpoolRecord[]): Promise<void>;
  /**
   * The next records that were not read yet, all from one `append`; none where all are read. Records of processes that
   * died come first. Called again only after the promise has settled.
   */
  read(): Promise<readonly SpoolRecord[]>;
  /** A record that was read is done with, and so are all that were read before it: nobody will read them again. */
  ack(record: SpoolRecord): void;
  /** What is stored and not acknowledged. */
  size(): SpoolSize;
  /** Ends. What is left stays for the next process. */
  close(): Promise<void>;
}

export interface SpoolSize {
  /** Samples and histograms. */
  readonly points: number;
  /** What the files take. */
  readonly bytes: number;
}
