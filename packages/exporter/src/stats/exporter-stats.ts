import type { ProtobufMessage } from "@otel-remote-write/transport";

/** How many of each a request or a Round holds. */
export interface PointCounts {
  readonly samples: number;
  /** Native histograms; classic ones are samples. */
  readonly histograms: number;
  readonly exemplars: number;
}

/** What an exporter has done since it was constructed. A snapshot: it does not change. */
export interface ExporterStats {
  /** Points in all requests that were begun: those of failed ones, and those sent again, included. */
  readonly sent: PointCounts;
  /** Points that a receiver answered for with a 2xx, and what it says it wrote of a request that it refused in part. */
  readonly acknowledged: PointCounts;
  /** What receivers of 2.0 say they wrote. Shown, not believed: they differ in what they count. */
  readonly written: PointCounts;
  /** Points that were given up, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /**
   * Points of requests that were cut off by shutdown: the receiver may or may not have stored them. Those that a spool has
   * are not counted, as the next process sends them again.
   */
  readonly unconfirmed: number;
  /** Requests that failed and were, or will be, sent again. */
  readonly retries: number;
  /** Samples and histograms in requests that were sent again. */
  readonly retried: number;
  /** What waits or is on its way. */
  readonly queue: { readonly rounds: number; readonly samples: number; readonly bytes: number };
  /**
   * With a spool: what is kept in it and not acknowledged; after `shutdown()`, what is left for the next process. Until
   * then `queue.samples` counts it, too; `queue.rounds` and `queue.bytes` are what is in memory, but never no Round as long
   * as there is something.
   */
  readonly spool: { readonly samples: number; readonly bytes: number } | undefined;
  /** Requests on their way. */
  readonly inFlight: number;
  /** The message of the last request that succeeded; undefined before the first. */
  readonly protobufMessage: ProtobufMessage | undefined;
  /** When the last request succeeded, in milliseconds since the epoch; undefined before the first. */
  readonly lastSuccessTime: number | undefined;
  /** The last failure, in words; undefined before the first. It is kept after a success. */
  readonly lastError: string | undefined;
}
