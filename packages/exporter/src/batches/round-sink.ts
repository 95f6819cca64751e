import type { Exemplar, NativeHistogram, Round, Series, SeriesBlock } from "@otel-remote-write/prompb";
import { createSizeLimits } from "@otel-remote-write/prompb/encode";
import type { PointSink } from "@otel-remote-write/translator";
import type { Batch, BlockState, FreshState, SeriesState, SingleState } from "./batch.js";
import { type BatchLimits, createBatchFilling } from "./batch-filling.js";
import { joinBlock, ownState, stateWithoutBlock } from "./block-state.js";
import { hasOutgrown, reservedBytes } from "./halve-round.js";
import { createKeptSeries } from "./kept-series.js";
import { seriesOf } from "./partition-round.js";
import { isLastTime, takePoint } from "./point-times.js";
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

/** A finished Round and the batch it belongs to. */
export interface BatchRound {
  readonly batch: Batch;
  readonly round: Round;
  /** Whether its series are those of the Round before: then no series' state refers to its numbers (`FreshState`). */
  readonly isRepeat?: boolean;
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

/** @param onClockStep told when a point is more than a second older than its series' last one */
export function createRoundSink(limits: BatchLimits, onClockStep: (backMillis: number) => void): RoundSink {
  const sizes = createSizeLimits();
  const filling = createBatchFilling(limits);
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
  /** Where the last point went; undefined when it was left out, and with it its exemplars. */
  let lastBuilder: RoundBuilder | undefined;

  function openRound(batch: Batch, timestamp: number): RoundBuilder {
    latest = timestamp;
    const builder = createRoundBuilder(batch.lastShape, batch.spareNumbers);
    batch.spareNumbers = undefined;
    batch.openRound = builder;
    touched.push(batch);
    return builder;
  }

  /** Gives up the place of a series that is forgotten. */
  function leaveBatch(series: Series<SeriesState>): void {
    const state = ownState(series);
    if (state === undefined) return;
    series.owned = undefined;
    filling.leave(state.batch, reserved.get(state) ?? sizes.ofSample(series));
  }

  function createState(series: Series<SeriesState>, bytes: number): SingleState {
    const state: SingleState = {
      runs: undefined,
      builder: undefined,
      batch: filling.put(bytes),
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

  /** Finds the time that a point is sent with, and the Round; undefined when the same point was sent already. */
  function place(state: SingleState, value: number, isStale: boolean, timestamp: number): number | undefined {
    const sentTimestamp = takePoint(state, value, isStale, timestamp, onClockStep);
    lastBuilder =
      sentTimestamp === undefined ? undefined : (state.batch.openRound ?? openRound(state.batch, timestamp));
    return sentTimestamp;
  }

  /** The first point of a series. */
  function firstSample(
    series: Series<SeriesState>,
    value: number,
    timestamp: number,
    startTimestamp: number,
  ): void {
    const batch = filling.put(sizes.ofSample(series));
    const builder = batch.openRound ?? openRound(batch, timestamp);
    if (fresh?.builder !== builder || fresh.lastTimestamp !== timestamp) {
      fresh = { runs: undefined, batch, lastTimestamp: timestamp, builder };
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
    if (known !== undefined && before !== undefined && !hasOutgrown(histogram)) return known;
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
      filling.keepTogether(seriesCount);
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
      const isAgain = isLastTime(state, timestamp) && hasSameContent(histograms.get(state), histogram);
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
      filling.keepTogether(1);
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
      filling.refused(batch, refusedBytes);
      const other = splitBatch(batch, moved, bytesOf);
      if (other.openRound !== undefined) touched.push(other);
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
  const builder = batch.openRound ?? createRoundBuilder(emptyShape);
  const round = finishRound(builder);
  const { sampleCount, series, startTimestamps } = round;
  batch.openRound = undefined;
  batch.lastShape = { sampleCount, series, startTimestamps };
  return { batch, round, isRepeat: builder.series === undefined };
}
