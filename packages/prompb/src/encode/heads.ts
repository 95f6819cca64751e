import type { Series } from "../model/index.js";
import { createByteWriter, writtenBytes } from "./byte-writer.js";
import type { MessageFormat } from "./message-format.js";
import type { HistogramHead, MessageLayout } from "./message-layout.js";

/** Gives what a TimeSeries says besides its points: from the message before where it is still right. */
export interface Heads {
  /** The bytes are to be used before the next call. */
  ofSample(series: Series): Uint8Array;
  ofHistogram(series: Series): HistogramHead;
}

/** @param previous the message before, unless its heads are not right any more */
export function createHeads(format: MessageFormat, previous: MessageLayout | undefined): Heads {
  const fresh = createByteWriter(256);
  const indexOf = createIndexFinder(previous?.series ?? []);

  function write(series: Series): Uint8Array {
    fresh.length = 0;
    format.writeHead(fresh, series);
    return fresh.bytes.subarray(0, fresh.length);
  }

  return {
    ofSample(series) {
      const index = indexOf(series);
      if (previous === undefined || index === undefined) return write(series);
      if (format.hasMetadata && previous.metadata[index] !== series.metadata) return write(series);
      return headOf(previous, index);
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

function headOf({ writer, samplesStart, headStarts, valueStarts }: MessageLayout, index: number): Uint8Array {
  const start = headStarts[index] ?? 0;
  const end = (valueStarts[index] ?? 0) - sampleOverhead;
  return writer.bytes.subarray(samplesStart + start, samplesStart + end);
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
