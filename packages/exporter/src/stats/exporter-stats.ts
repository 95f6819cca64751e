/** How many of each a request or a Round holds. */
export interface PointCounts {
  readonly samples: number;
  /** Native histograms; classic ones are samples. */
  readonly histograms: number;
  readonly exemplars: number;
}

/** What an exporter has done since it was constructed. A snapshot: it does not change. */
export interface ExporterStats {
  /** Points that a receiver answered for with a 2xx. */
  readonly acknowledged: PointCounts;
  /** Points that were given up, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Points of requests that were cut off by shutdown: the receiver may or may not have stored them. */
  readonly unconfirmed: number;
  /** Requests that failed and were, or will be, sent again. */
  readonly retries: number;
  /** What waits or is on its way. */
  readonly queue: { readonly rounds: number; readonly samples: number; readonly bytes: number };
  /** Requests on their way. */
  readonly inFlight: number;
  /** When the last request succeeded, in milliseconds since the epoch; undefined before the first. */
  readonly lastSuccessTime: number | undefined;
  /** The last failure, in words; undefined before the first. It is kept after a success. */
  readonly lastError: string | undefined;
}
