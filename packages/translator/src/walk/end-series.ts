import type { Series } from "@otel-remote-write/prompb";
import type { SeriesRecord } from "../intern/series-record.js";
import type { SeriesTable } from "../intern/series-table.js";
import { staleHistogram } from "../native/stale-histogram.js";
import type { PointSink } from "../sink/point-sink.js";
import { knownSeriesPerSlice, type Slices } from "./slices.js";

/**
 * Writes a stale marker for each wanted series that is over (W1.23, W2.34): once, unless it is written again. Whether a
 * series is over is asked first, as it costs less than whether it is wanted.
 */
export type EndSeries<Owned> = (
  sink: PointSink<Owned>,
  timestamp: number,
  isOver: (record: SeriesRecord<Owned>, timestamp: number) => boolean,
  isWanted: (series: Series<Owned>) => boolean,
) => Slices;

export function createEndSeries<Owned>(table: SeriesTable<Owned>): EndSeries<Owned> {
  /** After which round each series was ended. It has come back when it was written in a later one. */
  const ended = new WeakMap<SeriesRecord<Owned>, number>();

  return function* endSeries(sink, timestamp, isOver, isWanted) {
    let looked = 0;
    for (const record of table.values()) {
      if (++looked % knownSeriesPerSlice === 0) yield;
      if (!isOver(record, timestamp) || ended.get(record) === record.round || !isWanted(record)) continue;
      ended.set(record, record.round);
      const { histogram } = record;
      if (histogram === undefined) sink.staleMarker(record, timestamp);
      else sink.histogram(record, staleHistogram(histogram, timestamp));
    }
  };
}

/** Whether its producer brings other series, but not this one, or is gone as a whole while its resource goes on. */
export function isAbsent<Owned>({ stream, round }: SeriesRecord<Owned>, now: number): boolean {
  if (stream === undefined) return false;
  const { collections, resourceCollections } = stream.producer;
  return (
    round < collections.absentRound ||
    (round < resourceCollections.leavingRound && collections.isOverdue(now))
  );
}
