import type { SeriesRecord } from "../intern/series-record.js";
import type { WrittenBlock } from "./written-block.js";

/** Notes what is written for a metric, to find out whether the next collection can be written as a block. */
export interface Recorder<Owned> {
  begin(): void;
  sample(record: SeriesRecord<Owned>, value: number, timestamp: number, startTimestamp: number): void;
  /** Something was out of the way: a drop, a warning, a stale marker, a histogram, a series written twice. */
  irregular(): void;
  /** What was written since `begin`; undefined where something was out of the way. */
  end(round: number): WrittenBlock<Owned> | undefined;
}

export function createRecorder<Owned>(): Recorder<Owned> {
  let isRegular = false;
  let time = Number.NaN;
  let records: SeriesRecord<Owned>[] = [];
  let values: number[] = [];
  let starts: number[] = [];
  return {
    begin() {
      isRegular = true;
      time = Number.NaN;
      records = [];
      values = [];
      starts = [];
    },
    sample(record, value, timestamp, startTimestamp) {
      if (!isRegular) return;
      if (records.length === 0) time = timestamp;
      if (timestamp !== time) isRegular = false;
      records.push(record);
      values.push(value);
      starts.push(startTimestamp);
    },
    irregular() {
      isRegular = false;
    },
    end(round) {
      const isBlock = isRegular && records.length > 0;
      isRegular = false;
      if (!isBlock) return undefined;
      // Exactly as long as they are.
      records = records.slice();
      return {
        block: { series: records, startTimestamps: Float64Array.from(starts), owned: undefined },
        records,
        values: Float64Array.from(values),
        timestamp: time,
        round,
      };
    },
  };
}
