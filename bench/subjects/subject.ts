import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";

/** Something that turns what the SDK collected into bytes for the wire. */
export interface Subject {
  /** Does what is not measured, such as input that the subject is given ready-made. */
  readonly prepare: (metrics: ResourceMetrics) => () => Result | Promise<Result>;
  /** How many series were sent, by another decoder. */
  readonly countSeries?: (bodies: readonly Uint8Array[]) => number;
}

export interface Result {
  /** One for each request. */
  readonly bodies: readonly Uint8Array[];
  readonly phases?: Phases;
}

/** Milliseconds. */
export interface Phases {
  /** From the collected metrics to Rounds. */
  readonly translate: number;
  /** From Rounds to a message. */
  readonly encode: number;
  readonly compress: number;
}
