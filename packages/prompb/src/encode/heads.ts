import type { Metadata, Series } from "../model/index.js";
import { createByteWriter, writtenBytes } from "./byte-writer.js";
import type { MessageFormat } from "./message-format.js";
import type { HistogramHead, MessageLayout } from "./message-layout.js";

/** Gives what a TimeSeries says besides its points: from the message before where it is still right. */
export interface Heads {
  /** To be used before the next call: it is one object, as there are very many heads. */
  ofSample(series: Series): Readonly<Bytes>;
  ofHistogram(series: Series): HistogramHead;
}

/** A part of an array of bytes. */
interface Bytes {
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** @param previous the message before, unless its heads are not right any more */
export function createHeads(format: MessageFormat, previous: MessageLayout | undefined): Heads {
  const fresh = createByteWriter(256);
  const head: Bytes = { bytes: fresh.bytes, start: 0, end: 0 };
  const metadataOf = createMetadataFinder(previous);
  const indexOf = createIndexFinder(previous?.series ?? []);

  function write(series: Series): Readonly<Bytes> {
    fresh.length = 0;
    format.writeHead(fresh, series);
    head.bytes = fresh.bytes;
    head.start = 0;
    head.end = fresh.length;
    return head;
  }

  function copy(
    { writer, samplesStart, headStarts, valueStarts }: MessageLayout,
    index: number,
  ): Readonly<Bytes> {
    head.bytes = writer.bytes;
    head.start = samplesStart + (headStarts[index] ?? 0);
    head.end = samplesStart + (valueStarts[index] ?? 0) - sampleOverhead;
    return head;
  }

  return {
    ofSample(series) {
      const index = indexOf(series);
      if (previous === undefined || index === undefined) return write(series);
      if (format.hasMetadata && metadataOf(index) !== series.metadata) return write(series);
      return copy(previous, index);
    },
    ofHistogram(series) {
      const known = previous?.histogramHeads.get(series);
      if (known !== undefined && known.metadata === series.metadata) return known;
      write(series);
      return { bytes: writtenBytes(fresh), metadata: series.metadata };
    },
  };
}

/** What stands between a head and the sample's value: the sample's tag and length, and the value's tag. */
export const sampleOverhead = 3;

/** Finds of which metadata a head speaks. Mostly it is asked for one after the other. */
function createMetadataFinder(layout: MessageLayout | undefined): (index: number) => Metadata | undefined {
  const { metadata, metadataStarts } = layout ?? { metadata: [], metadataStarts: [] };
  let run = 0;
  return (index) => {
    if (index < (metadataStarts[run] ?? 0)) run = 0;
    while (index >= (metadataStarts[run + 1] ?? Infinity)) run++;
    return metadata[run];
  };
}

/** Finds series in a list in which most of them stand in the order that they are asked for. */
function createIndexFinder(list: readonly Series[]): (series: Series) => number | undefined {
  let next = 0;
  let indexes: Map<Series, number> | undefined;
  return (series) => {
    if (list[next] === series) return next++;
    indexes ??= new Map(list.map((each, index) => [each, index]));
    const index = indexes.get(series);
    if (index !== undefined) next = index + 1;
    return index;
  };
}
