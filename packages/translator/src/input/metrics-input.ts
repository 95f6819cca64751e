/** Seconds and nanoseconds since the epoch, as OpenTelemetry JS counts time. */
export type HrTimeInput = readonly [seconds: number, nanoseconds: number];

/** Attributes by key. Values may be anything of OpenTelemetry's AnyValue: see the README for how each is written. */
export interface AttributesInput {
  readonly [key: string]: unknown;
}

/**
 * What is translated: the metrics of one resource, as a metric reader hands them to an exporter. The `ResourceMetrics`
 * of @opentelemetry/sdk-metrics 2.x and 3.x can be assigned to it. What the SDK does not have (yet) is optional:
 * scope attributes, exemplars, summaries, "no recorded value", the zero threshold, metric metadata.
 *
 * The type is loose on purpose. At run time nothing of it is trusted: what cannot be read becomes a drop.
 */
export interface MetricsInput {
  readonly resource: ResourceInput;
  readonly scopeMetrics: readonly ScopeMetricsInput[];
}

export interface ResourceInput {
  readonly attributes: AttributesInput;
}

export interface ScopeMetricsInput {
  readonly scope: ScopeInput;
  readonly metrics: readonly MetricInput[];
}

/** An instrumentation scope. Without a name, none of it becomes labels. */
export interface ScopeInput {
  readonly name: string;
  readonly version?: string | undefined;
  readonly schemaUrl?: string | undefined;
  readonly attributes?: AttributesInput | undefined;
}

/** One metric: the instrument, and its points. */
export interface MetricInput {
  readonly descriptor: DescriptorInput;
  /** 0 histogram, 1 exponential histogram, 2 gauge, 3 sum (the SDK's `DataPointType`); 4 summary. */
  readonly dataPointType: number;
  /** 1 cumulative; anything else is dropped, except for gauges and summaries, which have none. */
  readonly aggregationTemporality?: number | undefined;
  /** For sums: whether it is a counter. */
  readonly isMonotonic?: boolean | undefined;
  readonly dataPoints: readonly DataPointInput[];
  /** OTLP's metric metadata. `prometheus.type` may make an `unknown`, `info` or `stateset` of a gauge (T9). */
  readonly metadata?: AttributesInput | undefined;
}

export interface DescriptorInput {
  readonly name: string;
  readonly description?: string | undefined;
  /** UCUM: `s`, `By`, `{request}`. */
  readonly unit?: string | undefined;
}

export interface DataPointInput {
  readonly attributes: AttributesInput;
  readonly startTime?: HrTimeInput | undefined;
  readonly endTime: HrTimeInput;
  readonly value: number | bigint | HistogramInput | ExponentialHistogramInput | SummaryInput;
  /** OTLP's flags. Bit 1: "no recorded value", which becomes stale markers. */
  readonly flags?: number | undefined;
  readonly exemplars?: readonly ExemplarInput[] | undefined;
}

/** An explicit-bucket histogram. Buckets are not cumulative; there is one count more than there are boundaries. */
export interface HistogramInput {
  readonly buckets: {
    readonly boundaries: readonly number[];
    readonly counts: readonly number[];
  };
  readonly count: number;
  readonly sum?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export interface ExponentialHistogramInput {
  readonly count: number;
  readonly sum?: number | undefined;
  readonly scale: number;
  readonly zeroCount: number;
  /** What is at most this far from 0 is in the zero bucket. Unset or 0: 1e-128 (T18). */
  readonly zeroThreshold?: number | undefined;
  readonly positive: ExponentialBucketsInput;
  readonly negative: ExponentialBucketsInput;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export interface ExponentialBucketsInput {
  readonly offset: number;
  readonly bucketCounts: readonly number[];
}

/** A summary, as OTLP has it. */
export interface SummaryInput {
  readonly count: number;
  readonly sum: number;
  readonly quantileValues: readonly { readonly quantile: number; readonly value: number }[];
}

export interface ExemplarInput {
  readonly filteredAttributes?: AttributesInput | undefined;
  readonly value: number;
  readonly timestamp: HrTimeInput;
  /** Hexadecimal. */
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
}
