import type { Exemplar, Series } from "../model/index.js";
import type { ByteWriter } from "./byte-writer.js";

/** What is different in the two messages; created for one encoder, as 2.0 has a table of symbols. */
export interface MessageFormat {
  /** The number of the request's field for a TimeSeries. */
  readonly timeSeriesField: number;
  /** Numbers of a TimeSeries' fields. */
  readonly sampleField: number;
  readonly histogramField: number;
  readonly exemplarField: number;
  /** Whether points say since when they count (TR20: never in 1.0). */
  readonly hasStartTimestamps: boolean;
  /** Whether a TimeSeries carries its family's metadata. */
  readonly hasMetadata: boolean;
  /** Whether histograms may have custom buckets. */
  readonly hasCustomBuckets: boolean;
  /**
   * Begins a message of so many series.
   * @returns whether heads written for messages before are still right
   */
  begin(seriesCount: number): boolean;
  /** Takes in a series whose head may be written later: what heads need stands before what exemplars need. */
  prepareHead(series: Series): void;
  /** What a TimeSeries says besides its points: labels, and metadata. */
  writeHead(writer: ByteWriter, series: Series): void;
  /** An exemplar as a message of its own. */
  exemplarSize(exemplar: Exemplar): number;
  writeExemplar(writer: ByteWriter, exemplar: Exemplar): void;
  /** What stands before the first TimeSeries; called when all of them are written. */
  writePreamble(writer: ByteWriter): void;
}
