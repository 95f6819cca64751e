import type { Round, Series } from "@otel-remote-write/prompb";
import {
  addExemplar,
  addHistogram,
  addSample,
  addStaleMarker,
  createRoundBuilder,
  emptyShape,
  finishRound,
  type RoundBuilder,
} from "./round-builder.js";

/** Puts each point of a Round into one of two Rounds. The points of one series stay together, and in order (W1.18). */
export function partitionRound(round: Round, isSecond: (series: Series) => boolean): readonly [Round, Round] {
  const [first, second] = partitionIntoBuilders(round, isSecond);
  return [finishRound(first), finishRound(second)];
}

/** As `partitionRound`, where points are still to be added. */
export function partitionIntoBuilders(
  round: Round,
  isSecond: (series: Series) => boolean,
): readonly [RoundBuilder, RoundBuilder] {
  const first = createRoundBuilder(emptyShape);
  const second = createRoundBuilder(emptyShape);
  const { values, timestamps, startTimestamps, staleSamples, exemplars } = round;
  for (let i = 0; i < round.sampleCount; i++) {
    const series = round.series[i] as Series;
    const builder = isSecond(series) ? second : first;
    const timestamp = timestamps[i] as number;
    if (staleSamples.has(i)) addStaleMarker(builder, series, timestamp);
    else addSample(builder, series, values[i] as number, timestamp, startTimestamps[i] as number);
    for (const exemplar of exemplars.get(i) ?? []) addExemplar(builder, exemplar);
  }
  for (const { series, histogram, exemplars: ofHistogram } of round.histograms) {
    const builder = isSecond(series) ? second : first;
    addHistogram(builder, series, histogram);
    for (const exemplar of ofHistogram) addExemplar(builder, exemplar);
  }
  return [first, second];
}

/** Each series of a Round once, in the order of their first points. */
export function seriesOf(round: Round): ReadonlySet<Series> {
  const series = new Set<Series>();
  for (let i = 0; i < round.sampleCount; i++) series.add(round.series[i] as Series);
  for (const histogram of round.histograms) series.add(histogram.series);
  return series;
}
