import { type Batch, createBatch } from "./batch.js";

/** When a batch is full. One series always fits. */
export interface BatchLimits {
  readonly maxSamplesPerSend: number;
  readonly maxBytesPerSend: number;
}

/** Finds the batches that new series are put into. */
export interface BatchFilling {
  /** Puts a new series, of at most so many bytes, into a batch that has room for it. */
  put(bytes: number): Batch;
  /** So many new series are to come next that belong to one classic histogram, and into one batch. */
  keepTogether(seriesCount: number): void;
  /** Gives up the place of a series that is forgotten. */
  leave(batch: Batch, bytes: number): void;
  /** The receiver has refused a request of the batch as too large: of so many bytes at most. It does not grow any more. */
  refused(batch: Batch, bytes: number): void;
}

/** What a bucket of a classic histogram has more than the first of its series: `_bucket`, and `le` with its text. */
const bucketBytes = 40;

export function createBatchFilling({ maxSamplesPerSend, maxBytesPerSend }: BatchLimits): BatchFilling {
  let filling = createBatch();
  /** What a batch may have; less than `maxBytesPerSend` where the receiver takes less. */
  let maxBytes = maxBytesPerSend;
  /** Batches of which a quarter is free, as series have left: without them long churn would make ever more requests. */
  const roomy = new Set<Batch>();
  let together = 1;

  /** Fills another batch where this one has no room for so many more series. */
  function makeRoom(count: number, bytes: number): void {
    const fits = (batch: Batch): boolean =>
      batch.seriesCount + count <= maxSamplesPerSend && batch.bytes + bytes <= maxBytes;
    if (filling.seriesCount === 0 || fits(filling)) return;
    const before = filling;
    filling = [...roomy].find(fits) ?? createBatch();
    roomy.delete(filling);
    noteRoom(before);
  }

  function noteRoom(batch: Batch): void {
    const { seriesCount, bytes } = batch;
    const isRoomy = seriesCount * 4 <= maxSamplesPerSend * 3 && bytes * 4 <= maxBytes * 3;
    // An empty one is over.
    if (isRoomy && seriesCount > 0 && batch !== filling) roomy.add(batch);
    else roomy.delete(batch);
  }

  return {
    put(bytes) {
      const ofGroup = together * (bytes + bucketBytes);
      if (together > 1 && together <= maxSamplesPerSend && ofGroup <= maxBytes) makeRoom(together, ofGroup);
      together = 1;
      makeRoom(1, bytes);
      filling.seriesCount++;
      filling.bytes += bytes;
      return filling;
    },
    keepTogether(seriesCount) {
      together = seriesCount;
    },
    leave(batch, bytes) {
      batch.seriesCount--;
      batch.bytes -= bytes;
      noteRoom(batch);
    },
    refused(batch, bytes) {
      // Histograms may have outgrown the limit that there is already.
      if (bytes <= maxBytes) maxBytes = Math.floor(bytes / 2);
      roomy.delete(batch);
      if (filling === batch) filling = createBatch();
    },
  };
}
