import type { Exemplar, NativeHistogram, Round, Series, SeriesBlock } from "@otel-remote-write/prompb";
import { createSizeLimits, histogramLimit, histogramRoom } from "@otel-remote-write/prompb/encode";
import type { PointSink } from "@otel-remote-write/translator";
import {
  type Batch,
  type BlockState,
  createBatch,
  type FreshState,
  type SeriesState,
  type SingleState,
} from "./batch.js";
import { joinBlock, ownState, stateWithoutBlock } from "./block-state.js";
import { reservedBytes } from "./halve-round.js";
import { createKeptSeries } from "./kept-series.js";
import { seriesOf } from "./partition-round.js";
import {
  addExemplar,
  addHistogram,
  addRun,
  addSample,
  addStaleMarker,
  createRoundBuilder,
  emptyShape,
  finishRound,
  type RoundBuilder,
} from "./round-builder.js";
import { splitBatch } from "./split-batch.js";
import { timestampAfter } from "./timestamp.js";

/** A finished Round and the batch it belongs to. */
export interface BatchRound {
  readonly batch: Batch;
  readonly round: Round;
}

/** Takes the points of a collection and gives them out as one Round for each batch. */
export interface RoundSink extends PointSink<SeriesState> {
  /**
   * Whether a Round with the series may still be queued or on its way, or its last point is almost of the same time. One that
   * is not kept leaves its batch, and others get its place.
   */
  keeps(series: Series<SeriesState>): boolean;
  /** The Rounds of what was added since the last call. */
  takeRounds(): BatchRound[];
  /**
   * Splits a batch for good, of which the receiver has refused a Round as too large. It does not grow to that size again,
   * and neither do batches that are made later.
   *
   * @param moved the series of the new batch, about half of those in the Round
   */
  split(refused: BatchRound, moved: ReadonlySet<Series>): Batch;
  /** What a series of the translator is sent as; undefined where it is not. */
  sentAs(series: Series<SeriesState>): Series<SeriesState> | undefined;
}

/** When a batch is full. One series always fits. */
export interface BatchLimits {
  readonly maxSamplesPerSend: number;
  readonly maxBytesPerSend: number;
}

/** What a bucket of a classic histogram has more than the first of its series: `_bucket`, and `le` with its text. */
const bucketBytes = 40;

/** @param onClockStep told when a point is more than a second older than its series' last one */
export function createRoundSink(
  { maxSamplesPerSend, maxBytesPerSend }: BatchLimits,
  onClockStep: (backMillis: number) => void,
): RoundSink {
  const sizes = createSizeLimits();
  let filling = createBatch();
  /** What a batch may have; less than `maxBytesPerSend` where the receiver takes less. */
  let maxBytes = maxBytesPerSend;
  /** Batches of which a quarter is free, as series have left: without them long churn would make ever more requests. */
  const roomy = new Set<Batch>();
  /** How many new series are to come next that belong to one classic histogram. */
  let together = 1;
  let touched: Batch[] = [];
  /** The time of the collection, about. */
  let latest = -Infinity;
  const isKept = createKeptSeries();
  /** Of the series that were new last in the collection under way. */
  let fresh: FreshState | undefined;
  /** What is reserved for each series that has native histograms. */
  const reserved = new WeakMap<SingleState, number>();
  /** The last one of each. */
  const histograms = new WeakMap<SingleState, NativeHistogram>();
  /** Of series whose last point was moved: which time it had, and which it got. */
  const moves = new WeakMap<SingleState, { readonly from: number; readonly to: number }>();
  /** Where the last point went; undefined when it was left out, and with it its exemplars. */
  let lastBuilder: RoundBuilder | undefined;

  function openRound(batch: Batch, timestamp: number): RoundBuilder {
    latest = timestamp;
    const builder = createRoundBuilder(batch.lastShape);
    batch.openRound = builder;
    touched.push(batch);
    return builder;
  }

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

  /** Gives up the place of a series that is forgotten. */
  function leaveBatch(series: Series<SeriesState>): void {
    const state = ownState(series);
    if (state === undefined) return;
    series.owned = undefined;
    state.batch.seriesCount--;
    state.batch.bytes -= reserved.get(state) ?? sizes.ofSample(series);
    noteRoom(state.batch);
  }

  /** Puts a new series into the batch that is being filled. */
  function putIntoBatch(bytes: number): void {
    const ofGroup = together * (bytes + bucketBytes);
    if (together > 1 && together <= maxSamplesPerSend && ofGroup <= maxBytes) makeRoom(together, ofGroup);
    together = 1;
    makeRoom(1, bytes);
    filling.seriesCount++;
    filling.bytes += bytes;
  }

  function createState(series: Series<SeriesState>, bytes: number): SingleState {
    putIntoBatch(bytes);
    const state: SingleState = {
      runs: undefined,
      builder: undefined,
      batch: filling,
      lastTimestamp: -Infinity,
      lastValue: NaN,
      lastIsStale: false,
    };
    series.owned = state;
    return state;
  }

  /** The state of a series that is written for itself. */
  function stateOf(series: Series<SeriesState>): SingleState {
    return ownState(series) ?? createState(series, sizes.ofSample(series));
  }

  /** The time of a point; where the last one had the same, and was moved, the time that it got. */
  function movedTimestamp(state: SingleState, timestamp: number): number {
    const move = moves.get(state);
    return move?.from === timestamp && move.to === state.lastTimestamp ? move.to : timestamp;
  }

  /** Finds the time that a point is sent with; undefined when the same point was sent already. */
  function place(state: SingleState, value: number, isStale: boolean, timestamp: number): number | undefined {
    const last = state.lastTimestamp;
    const isUsual = timestamp > last && !isStale;
    const sentTimestamp = isUsual
      ? timestamp
      : timestampAfter(state, value, isStale, movedTimestamp(state, timestamp));
    if (sentTimestamp === undefined) {
      lastBuilder = undefined;
      return undefined;
    }
    if (sentTimestamp !== timestamp) moves.set(state, { from: timestamp, to: sentTimestamp });
    if (sentTimestamp < last) onClockStep(last - sentTimestamp);
    state.lastTimestamp = sentTimestamp;
    state.lastValue = value;
    state.lastIsStale = isStale;
    lastBuilder = state.batch.openRound ?? openRound(state.batch, timestamp);
    return sentTimestamp;
  }

  /** The first point of a series. */
  function firstSample(
    series: Series<SeriesState>,
    value: number,
    timestamp: number,
    startTimestamp: number,
  ): void {
    putIntoBatch(sizes.ofSample(series));
    const builder = filling.openRound ?? openRound(filling, timestamp);
    if (fresh?.builder !== builder || fresh.lastTimestamp !== timestamp) {
      fresh = { runs: undefined, batch: filling, lastTimestamp: timestamp, builder };
    }
    series.owned = fresh;
    lastBuilder = builder;
    addSample(builder, series, value, timestamp, startTimestamp);
  }

  function sample(
    series: Series<SeriesState>,
    value: number,
    timestamp: number,
    startTimestamp: number,
  ): void {
    if (series.owned === undefined) {
      firstSample(series, value, timestamp, startTimestamp);
      return;
    }
    const sentTimestamp = place(stateOf(series), value, false, timestamp);
    if (sentTimestamp === undefined || lastBuilder === undefined) return;
    addSample(lastBuilder, series, value, sentTimestamp, startTimestamp);
  }

  /** The state of a series with a native histogram, for which more is reserved when it has outgrown its room. */
  function histogramState(series: Series<SeriesState>, histogram: NativeHistogram): SingleState {
    const known = ownState(series);
    const before = known === undefined ? 0 : reserved.get(known);
    if (known !== undefined && before !== undefined && histogramLimit(histogram) <= histogramRoom)
      return known;
    const bytes = sizes.ofHistogram(series, histogram);
    const state = known ?? createState(series, bytes);
    if (known !== undefined) state.batch.bytes += Math.max(0, bytes - (before ?? sizes.ofSample(series)));
    reserved.set(state, Math.max(bytes, before ?? 0));
    return state;
  }

  /** The state of a block that can be written with this time; undefined: its series must be written one by one. */
  function blockState(block: SeriesBlock<SeriesState>, timestamp: number): BlockState | undefined {
    const known = block.owned as BlockState | undefined;
    if (known !== undefined) return timestamp > known.lastTimestamp ? known : undefined;
    const states = block.series.map((series) => stateWithoutBlock(series) ?? stateOf(series));
    return states.every(({ lastTimestamp }) => timestamp > lastTimestamp)
      ? joinBlock(block, states)
      : undefined;
  }

  return {
    sample,
    group(seriesCount) {
      together = seriesCount;
    },
    block(block, values, timestamp) {
      const state = blockState(block, timestamp);
      if (state === undefined) {
        for (const [i, series] of block.series.entries()) {
          sample(series, values[i] ?? NaN, timestamp, block.startTimestamps[i] ?? 0);
        }
        return;
      }
      for (const run of state.runs) {
        addRun(run.batch.openRound ?? openRound(run.batch, timestamp), block, run, values, timestamp);
      }
      state.lastTimestamp = timestamp;
      state.lastValues.set(values);
    },
    staleMarker(series, timestamp) {
      const sentTimestamp = place(stateOf(series), NaN, true, timestamp);
      if (sentTimestamp === undefined || lastBuilder === undefined) return;
      addStaleMarker(lastBuilder, series, sentTimestamp);
    },
    histogram(series, histogram: NativeHistogram) {
      const { stale, timestamp } = histogram;
      const state = histogramState(series, histogram);
      const isSameTime = movedTimestamp(state, timestamp) === state.lastTimestamp;
      const isAgain = isSameTime && hasSameContent(histograms.get(state), histogram);
      const revision = isAgain ? state.lastValue : (state.lastValue || 0) + 1;
      const sentTimestamp = place(state, revision, stale === true, timestamp);
      if (sentTimestamp === undefined || lastBuilder === undefined) return;
      histograms.set(state, histogram);
      const moved = sentTimestamp === timestamp ? histogram : { ...histogram, timestamp: sentTimestamp };
      addHistogram(lastBuilder, series, moved);
    },
    exemplar(_series, exemplar: Exemplar) {
      if (lastBuilder !== undefined) addExemplar(lastBuilder, exemplar);
    },
    takeRounds() {
      const rounds = touched.map(takeRound);
      touched = [];
      lastBuilder = undefined;
      fresh = undefined;
      together = 1;
      // A split can leave nothing of what was added.
      return rounds.filter(({ round }) => round.sampleCount + round.histograms.length > 0);
    },
    sentAs: (series) => series,
    keeps(series) {
      const stays = isKept(series, latest);
      if (!stays) leaveBatch(series);
      return stays;
    },
    split({ batch, round }, moved) {
      const bytesOf = reservedBytes(round);
      const refusedBytes = [...seriesOf(round)].reduce((sum, series) => sum + bytesOf(series), 0);
      // Histograms may have outgrown the limit that there is already.
      if (refusedBytes <= maxBytes) maxBytes = Math.floor(refusedBytes / 2);
      const other = splitBatch(batch, moved, bytesOf);
      if (other.openRound !== undefined) touched.push(other);
      roomy.delete(batch);
      if (filling === batch) filling = createBatch();
      // It may be a builder that is in no batch any more.
      lastBuilder = undefined;
      return other;
    },
  };
}

/** Whether two histograms say the same; those of one time are compared, which is rare. */
function hasSameContent(a: NativeHistogram | undefined, b: NativeHistogram): boolean {
  if (a === undefined || !Object.is(a.sum, b.sum)) return false;
  return JSON.stringify({ ...a, timestamp: 0 }) === JSON.stringify({ ...b, timestamp: 0 });
}

function takeRound(batch: Batch): BatchRound {
  const round = finishRound(batch.openRound ?? createRoundBuilder(emptyShape));
  const { sampleCount, series, startTimestamps } = round;
  batch.openRound = undefined;
  batch.lastShape = { sampleCount, series, startTimestamps };
  return { batch, round };
}
