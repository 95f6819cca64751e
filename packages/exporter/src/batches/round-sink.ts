import type { Exemplar, NativeHistogram, Round, Series } from "@otel-remote-write/prompb";
import type { PointSink } from "@otel-remote-write/translator";
import { type Batch, createBatch, type SeriesState } from "./batch.js";
import { createRoundBuilder, emptyShape, type RoundBuilder } from "./round-builder.js";
import { nextTimestamp } from "./timestamp.js";

/** A finished Round and the batch it belongs to. */
export interface BatchRound {
  readonly batch: Batch;
  readonly round: Round;
}

/** Takes the points of a collection and gives them out as one Round for each batch. */
export interface RoundSink extends PointSink<SeriesState> {
  /** The Rounds of what was added since the last call. */
  takeRounds(): BatchRound[];
}

/**
 * @param maxSeriesPerBatch a batch is full at this many series
 * @param onClockStep told when a point is more than a second older than its series' last one
 */
export function createRoundSink(
  maxSeriesPerBatch: number,
  onClockStep: (backMillis: number) => void,
): RoundSink {
  let filling = createBatch();
  let touched: Batch[] = [];
  /** Where the last point went; undefined when it was left out, and with it its exemplars. */
  let lastBuilder: RoundBuilder | undefined;

  function stateOf(series: Series<SeriesState>): SeriesState {
    let state = series.owned;
    if (state === undefined) {
      if (filling.seriesCount >= maxSeriesPerBatch) filling = createBatch();
      filling.seriesCount++;
      state = { batch: filling, lastTimestamp: -Infinity, lastValue: undefined };
      series.owned = state;
    }
    return state;
  }

  function builderOf(batch: Batch): RoundBuilder {
    let builder = batch.openRound;
    if (builder === undefined) {
      builder = createRoundBuilder(batch.lastShape);
      batch.openRound = builder;
      touched.push(batch);
    }
    return builder;
  }

  /** Finds where a point goes and at what time; undefined when the same point was sent already. */
  function place(
    series: Series<SeriesState>,
    value: SeriesState["lastValue"],
    timestamp: number,
  ): number | undefined {
    const state = stateOf(series);
    const sentTimestamp = nextTimestamp(state, value, timestamp);
    if (sentTimestamp === undefined) {
      lastBuilder = undefined;
      return undefined;
    }
    if (sentTimestamp < state.lastTimestamp) onClockStep(state.lastTimestamp - sentTimestamp);
    state.lastTimestamp = sentTimestamp;
    state.lastValue = value;
    lastBuilder = builderOf(state.batch);
    return sentTimestamp;
  }

  return {
    sample(series, value, timestamp, startTimestamp) {
      const sentTimestamp = place(series, value, timestamp);
      if (sentTimestamp !== undefined) lastBuilder?.addSample(series, value, sentTimestamp, startTimestamp);
    },
    staleMarker(series, timestamp) {
      const sentTimestamp = place(series, undefined, timestamp);
      if (sentTimestamp !== undefined) lastBuilder?.addStaleMarker(series, sentTimestamp);
    },
    histogram(series, histogram: NativeHistogram) {
      const value = histogram.stale === true ? undefined : histogram.count;
      const sentTimestamp = place(series, value, histogram.timestamp);
      if (sentTimestamp === undefined) return;
      const moved =
        sentTimestamp === histogram.timestamp ? histogram : { ...histogram, timestamp: sentTimestamp };
      lastBuilder?.addHistogram(series, moved);
    },
    exemplar(_series, exemplar: Exemplar) {
      lastBuilder?.addExemplar(exemplar);
    },
    takeRounds() {
      const rounds = touched.map(finishRound);
      touched = [];
      lastBuilder = undefined;
      return rounds;
    },
  };
}

function finishRound(batch: Batch): BatchRound {
  const round = (batch.openRound ?? createRoundBuilder(emptyShape)).finish();
  const { sampleCount, series, startTimestamps } = round;
  batch.openRound = undefined;
  batch.lastShape = { sampleCount, series, startTimestamps };
  return { batch, round };
}
