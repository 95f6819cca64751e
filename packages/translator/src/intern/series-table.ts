import type { Metadata } from "@otel-remote-write/prompb";
import type { InternedLabel } from "../labels/label-interner.js";
import type { HashedLabels } from "../labels/label-set.js";
import type { Stream } from "../steady/written-block.js";
import type { Slices } from "../walk/slices.js";
import { createSeriesIndex } from "./series-index.js";
import { SeriesRecord } from "./series-record.js";

/** All series by their label sets: the same labels are the same series, whatever produced them. */
export interface SeriesTable<Owned> {
  /**
   * The record of a label set, made if there is none; it then belongs to the stream.
   *
   * @param base has neither the name nor the one more
   */
  intern(
    base: HashedLabels,
    name: InternedLabel,
    more: InternedLabel | undefined,
    metadata: Metadata,
    stream: Stream<Owned>,
  ): SeriesRecord<Owned>;
  /** Says by what the metadata of all series that have it is to be replaced at the end of the round. */
  describe(before: Metadata, now: Metadata): void;
  /** Does so: in one walk, however many families were described anew. */
  endRound(): void;
  /**
   * Lets go of the series that were not seen since a round, or for ten collections of their producer: they belong to no
   * stream any more. They are removed unless they are kept, for whoever comes with their labels.
   */
  sweep(oldestRound: number, isKept: (record: SeriesRecord<Owned>) => boolean): Slices;
  values(): Iterable<SeriesRecord<Owned>>;
  readonly size: number;
  /** How many were ever made. */
  readonly created: number;
}

export function createSeriesTable<Owned>(): SeriesTable<Owned> {
  const index = createSeriesIndex<Owned>();
  const described = new Map<Metadata, Metadata>();
  let created = 0;
  return {
    intern(base, name, more, metadata, stream) {
      const hash = (base.hash + name.hash + (more?.hash ?? 0)) | 0;
      const known = index.find(base.labels, name.label, more?.label, hash);
      if (known !== undefined) {
        if (known.stream === undefined) {
          known.stream = stream;
          known.metadata = metadata;
          known.histogram = undefined;
        }
        return known;
      }
      const record = new SeriesRecord<Owned>(base.labels, name.label, more?.label, metadata, stream);
      index.add(record, hash);
      created++;
      return record;
    },
    describe(before, now) {
      described.set(before, now);
    },
    endRound() {
      if (described.size === 0) return;
      index.forEach((record) => {
        record.metadata = described.get(record.metadata) ?? record.metadata;
      });
      described.clear();
    },
    sweep(oldestRound, isKept) {
      return index.removeWhere((record) => {
        const { round, stream } = record;
        if (round >= oldestRound && round >= (stream?.producer.collections.leavingRound ?? 0)) return false;
        record.stream = undefined;
        return !isKept(record);
      });
    },
    values: () => index.values(),
    get created() {
      return created;
    },
    get size() {
      return index.size;
    },
  };
}
