import type { Metadata, NativeHistogram, Series } from "@otel-remote-write/prompb";
import { hashLabels, type LabelSet } from "../labels/label-set.js";
import type { Stream } from "../steady/written-block.js";
import { createLabelSetMap, type Labelled } from "./label-set-map.js";

/** A series and what the translator must remember of it. What each point needs stands first, close together. */
export interface SeriesRecord<Owned> extends Labelled<SeriesRecord<Owned>> {
  /** Made anew when the series comes back after it left the table. */
  series: Series<Owned>;
  /** What the series belongs to; undefined: the record has left the table. */
  stream: Stream<Owned> | undefined;
  /** The round in which the series was written last, and the position of its first point there. */
  round: number;
  position: number;
  /** The last point, where it is a native histogram. */
  histogram: NativeHistogram | undefined;
  /** All points of a round by their time, if the series had several. */
  times: { readonly round: number; readonly points: Map<number, number | NativeHistogram> } | undefined;
}

/** All series by their label sets: the same labels are the same series, whatever produced them. */
export interface SeriesTable<Owned> {
  /** The record of a label set, made if there is none. */
  intern(labels: LabelSet, metadata: Metadata): SeriesRecord<Owned>;
  /** The record that has the place of one which left the table: it comes back itself, or another took its place. */
  revive(record: SeriesRecord<Owned>): SeriesRecord<Owned>;
  /** Says by what the metadata of all series that have it is to be replaced at the end of the round. */
  describe(before: Metadata, now: Metadata): void;
  /** Does so: in one walk, however many families were described anew. */
  endRound(): void;
  /** Removes the series that were not seen since a round. */
  sweep(oldestRound: number): void;
  readonly size: number;
  /** How many were ever made. */
  readonly created: number;
}

export function createSeriesTable<Owned>(): SeriesTable<Owned> {
  const records = createLabelSetMap<SeriesRecord<Owned>>();
  const described = new Map<Metadata, Metadata>();
  let created = 0;
  return {
    intern(labels, metadata) {
      const hash = hashLabels(labels);
      let record = records.get(labels, hash);
      if (record === undefined) {
        record = {
          series: { labels, metadata, owned: undefined },
          stream: undefined,
          round: 0,
          position: 0,
          histogram: undefined,
          times: undefined,
          labels,
          hash,
          next: undefined,
        };
        records.add(record);
        created++;
      }
      return record;
    },
    revive(record) {
      const { labels, hash } = record;
      const successor = records.get(labels, hash);
      if (successor !== undefined) return successor;
      record.series = { labels, metadata: record.series.metadata, owned: undefined };
      records.add(record);
      return record;
    },
    describe(before, now) {
      described.set(before, now);
    },
    endRound() {
      if (described.size === 0) return;
      for (const { series } of records.values()) {
        const now = described.get(series.metadata);
        // Only the translator writes to a series.
        if (now !== undefined) (series as { metadata: Metadata }).metadata = now;
      }
      described.clear();
    },
    sweep(oldestRound) {
      for (const record of records.values()) {
        if (record.round >= oldestRound) continue;
        record.stream = undefined;
        record.times = undefined;
        record.histogram = undefined;
        records.delete(record);
      }
    },
    get created() {
      return created;
    },
    get size() {
      return records.size;
    },
  };
}
