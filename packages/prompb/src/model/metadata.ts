/** The type of a metric family, by the names of Prometheus' text formats. */
export type MetricType =
  | "unknown"
  | "counter"
  | "gauge"
  | "histogram"
  | "gaugehistogram"
  | "summary"
  | "info"
  | "stateset";

/** What is known of a metric family. All series of one family share one metadata object. */
export interface Metadata {
  readonly type: MetricType;
  /** The description; empty when there is none. */
  readonly help: string;
  /** The unit as a word (`seconds`); empty when there is none. */
  readonly unit: string;
  /**
   * The family's name: the series name without `_bucket`, `_sum`, `_count`; with `_total`, as Prometheus' own OTLP
   * endpoint has it.
   */
  readonly familyName: string;
}
