import { checkBoolean, checkOptionKeys, checkPositiveInteger } from "@otel-remote-write/auth";

/** How much is kept, how much is sent at once, and for how long it is tried. */
export interface QueueOptions {
  /**
   * How many samples may wait or be on their way; beyond that the oldest Round is dropped. One export is always
   * admitted. Default 2,000,000: an hour of 500 series every second, or of 33,000 every minute.
   */
  readonly maxSamples?: number | undefined;
  /** How many bytes of memory they may take, about. Default 67,108,864 (64 MiB). */
  readonly maxBytes?: number | undefined;
  /** How many series go into one request. Default 2,000, as Prometheus has it. */
  readonly maxSamplesPerSend?: number | undefined;
  /**
   * How many bytes a request may have before compression. A batch takes series as long as they fit; native histograms
   * are given room to grow, and a batch is divided where they outgrow it. Default 3,000,000, as the OpenTelemetry collector has it: receivers refuse from 32 MiB on,
   * and proxies before them often earlier.
   */
  readonly maxBytesPerSend?: number | undefined;
  /** How many requests are on their way at once. Never two with the same series. Default 5. */
  readonly maxParallelSends?: number | undefined;
  /** The upper end of the first wait before a retry, in milliseconds; it doubles with each. Default 30, as Prometheus has it. */
  readonly minBackoffMillis?: number | undefined;
  /** The upper end of every wait before a retry, in milliseconds. Default 5,000, as Prometheus has it. */
  readonly maxBackoffMillis?: number | undefined;
  /**
   * How long samples are tried, in milliseconds. Default 300,000 (5 minutes): that old, a receiver shows them no more as
   * current, and many refuse them.
   */
  readonly sampleAgeLimitMillis?: number | undefined;
  /**
   * Whether requests that are answered with 429, too many requests, are sent again. Default true: the samples are
   * delayed, not lost. `false`, Prometheus' default: they are dropped, for receivers that count retries against the limit.
   */
  readonly retryOnHttp429?: boolean | undefined;
  /**
   * Whether the series are searched for because of which a receiver refuses a whole request with 400, by smaller requests,
   * at most 2·log2(series) + 8, and more where many are bad. What is good gets through, and what is bad is named in the log and kept out for an hour.
   * Default true. `false`: the samples of the request are dropped.
   */
  readonly bisectOnBadRequest?: boolean | undefined;
}

export type ResolvedQueueOptions = {
  readonly [Key in keyof QueueOptions]-?: NonNullable<QueueOptions[Key]>;
};

const defaults: ResolvedQueueOptions = {
  maxSamples: 2_000_000,
  maxBytes: 64 * 1024 * 1024,
  maxSamplesPerSend: 2000,
  maxBytesPerSend: 3_000_000,
  maxParallelSends: 5,
  minBackoffMillis: 30,
  maxBackoffMillis: 5000,
  sampleAgeLimitMillis: 300_000,
  retryOnHttp429: true,
  bisectOnBadRequest: true,
};

/** @throws {TypeError} naming the option, the kind of its value and what it must be */
export function resolveQueueOptions(options: QueueOptions | undefined, owner: string): ResolvedQueueOptions {
  if (options === undefined) return defaults;
  checkOptionKeys(options, Object.keys(defaults), owner, "queue");
  const resolved = Object.fromEntries(
    Object.entries(defaults).map(([name, byDefault]) => {
      const check = typeof byDefault === "boolean" ? checkBoolean : checkPositiveInteger;
      return [name, check(options[name as keyof QueueOptions] ?? byDefault, `queue.${name}`, owner)];
    }),
  ) as unknown as ResolvedQueueOptions;
  if (resolved.minBackoffMillis > resolved.maxBackoffMillis) {
    throw new TypeError(
      `${owner}: queue.minBackoffMillis must be at most queue.maxBackoffMillis (${resolved.maxBackoffMillis}), ` +
        `got ${resolved.minBackoffMillis}`,
    );
  }
  return resolved;
}
