import type { SeriesBlock } from "@otel-remote-write/prompb";
import type { Producer } from "../intern/producer.js";
import type { SeriesRecord } from "../intern/series-record.js";

/** The series of one metric as they were written last, when each was written once and nothing was out of the way. */
export interface WrittenBlock<Owned> {
  readonly block: SeriesBlock<Owned>;
  /** The block's series. */
  readonly records: readonly SeriesRecord<Owned>[];
  /** The last values and their time. */
  readonly values: Float64Array;
  timestamp: number;
  /** The round in which they were written last. The records' own rounds are those of the last single write. */
  round: number;
}

/** Who writes series: an instrument, or the target of a `target_info`. */
export interface Stream<Owned> {
  /** For messages. */
  readonly title: string;
  /** What the stream wrote last, if it can be written so again. */
  written: WrittenBlock<Owned> | undefined;
  /** Whether another stream wrote to one of its series. From then on each of its points is looked at for itself. */
  isContested: boolean;
  readonly producer: Producer;
}
