import type { Exemplar, NativeHistogram, Series, SeriesBlock } from "@otel-remote-write/prompb";

/**
 * Takes points as they are translated, without objects around them. Timestamps are integer milliseconds since the
 * epoch. The points of one series come in the order of the input, which for a collection of the SDK is one point.
 */
export interface PointSink<Owned = unknown> {
  /** `startTimestamp` 0: not known, or none, as for gauges (W2.33). */
  sample(series: Series<Owned>, value: number, timestamp: number, startTimestamp: number): void;
  staleMarker(series: Series<Owned>, timestamp: number): void;
  histogram(series: Series<Owned>, histogram: NativeHistogram): void;
  /** Follows directly the sample or histogram of its series. */
  exemplar(series: Series<Owned>, exemplar: Exemplar): void;
  /**
   * The next so many series, which are new, belong to one classic histogram: receivers like to get them together. They
   * follow by `sample`.
   */
  group?(seriesCount: number): void;
  /**
   * A value for each series of the block, in its order: the same as a `sample` for each, and in steady state what almost
   * every point comes by. The block is the same object as long as its series come like this. The values are the
   * translator's, which writes over them next time. Where a sink has no `block`, it gets samples.
   */
  block?(block: SeriesBlock<Owned>, values: Float64Array, timestamp: number): void;
  /**
   * Asked in each collection about a series that was not seen for ten of them. True: it is remembered on, and if its labels
   * come back they are the same object, with what it owns. Where a sink has no `keeps`, the series is forgotten.
   */
  keeps?(series: Series<Owned>): boolean;
}
