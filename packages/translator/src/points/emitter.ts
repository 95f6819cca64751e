import type { NativeHistogram, Series } from "@otel-remote-write/prompb";
import { createCollections } from "../intern/collections.js";
import type { SeriesRecord } from "../intern/series-record.js";
import type { PointSink } from "../sink/point-sink.js";
import type { Recorder } from "../steady/recorder.js";
import type { Stream, WrittenBlock } from "../steady/written-block.js";
import { shapeOf } from "../native/stale-histogram.js";
import { equalHistograms } from "../native/equal-histograms.js";

/**
 * Writes points into a sink, each series and time once (TR24). A series belongs to the instrument that wrote it first,
 * for as long as that writes it: another one's points are refused.
 *
 * What is handed over is answered with its series, what is not with undefined.
 */
export interface Emitter<Owned> {
  begin(sink: PointSink<Owned>, round: number, firstRoundOfCollection: number): void;
  /** Lets go of the sink. */
  end(): void;
  /** Who writes from now on: the instrument. */
  by(stream: Stream<Owned>): void;
  /** Writes a block anew: its values are the new ones already. */
  replay(written: WrittenBlock<Owned>, timestamp: number): void;
  sample(
    record: SeriesRecord<Owned>,
    value: number,
    timestamp: number,
    startTimestamp: number,
  ): Series<Owned> | undefined;
  staleMarker(record: SeriesRecord<Owned>, timestamp: number): Series<Owned> | undefined;
  histogram(record: SeriesRecord<Owned>, histogram: NativeHistogram): Series<Owned> | undefined;
  /** How many points were handed over since `begin`. */
  readonly emitted: number;
  /** How many of their series were not seen before in this collection. */
  readonly firstSeen: number;
  /** The series refused since the last call. A point that was written before with the same value is not refused. */
  takeRefused(): readonly SeriesRecord<Owned>[];
}

const smallestCapacity = 1024;

export function createEmitter<Owned>(recorder: Recorder<Owned>): Emitter<Owned> {
  let sink: PointSink<Owned> = nowhere;
  let stream: Stream<Owned> = nobody;
  let round = 0;
  let firstRound = 0;
  let emitted = 0;
  let firstSeen = 0;
  let refused: SeriesRecord<Owned>[] = [];
  /** The first point of each series in this round, by its position. */
  let noted = 0;
  let values = new Float64Array(smallestCapacity);
  let timestamps = new Float64Array(smallestCapacity);
  /** Those of them that are native histograms, by their positions. */
  const histograms = new Map<number, NativeHistogram>();
  /** All points of a series in this round by their time, where it has several. */
  const severalPoints = new Map<SeriesRecord<Owned>, Map<number, number | NativeHistogram>>();

  /** The record to write to, or undefined. All but the usual case is left to `contested`. */
  function admit(
    record: SeriesRecord<Owned>,
    value: number,
    timestamp: number,
    histogram: NativeHistogram | undefined,
  ): SeriesRecord<Owned> | undefined {
    const isUsual = record.stream === stream && record.round !== round;
    if (!isUsual) return contested(record, value, timestamp, histogram);
    note(record, value, timestamp, histogram);
    return record;
  }

  function note(
    record: SeriesRecord<Owned>,
    value: number,
    timestamp: number,
    histogram: NativeHistogram | undefined,
  ): void {
    if (record.round < firstRound) firstSeen++;
    emitted++;
    if (noted === values.length) grow();
    values[noted] = value;
    timestamps[noted] = timestamp;
    record.round = round;
    record.position = noted++;
    if (histogram === undefined) return;
    histograms.set(record.position, histogram);
    record.histogram = shapeOf(histogram, record.histogram);
  }

  function grow(): void {
    const [before, times] = [values, timestamps];
    values = new Float64Array(2 * before.length);
    timestamps = new Float64Array(2 * before.length);
    values.set(before);
    timestamps.set(times);
  }

  /** Made when the second point of a series comes. */
  function pointsOf(record: SeriesRecord<Owned>): Map<number, number | NativeHistogram> {
    let points = severalPoints.get(record);
    if (points === undefined) {
      const time = timestamps[record.position] ?? Number.NaN;
      points = new Map([[time, histograms.get(record.position) ?? values[record.position] ?? Number.NaN]]);
      severalPoints.set(record, points);
    }
    return points;
  }

  function contested(
    record: SeriesRecord<Owned>,
    value: number,
    timestamp: number,
    histogram: NativeHistogram | undefined,
  ): SeriesRecord<Owned> | undefined {
    if (record.stream !== undefined && record.stream !== stream) {
      record.stream.isContested = true;
      dissolve(record.stream);
      recorder.irregular();
    }
    if (record.round !== round) {
      if (record.stream !== stream) return refuse(record);
      note(record, value, timestamp, histogram);
      return record;
    }
    recorder.irregular();
    const points = pointsOf(record);
    const before = points.get(timestamp);
    const point = histogram ?? value;
    if (before !== undefined) return equalPoints(before, point) ? undefined : refuse(record);
    if (record.stream !== stream) return refuse(record);
    points.set(timestamp, point);
    emitted++;
    return record;
  }

  /**
   * Gives up a stream's block, as its series are written one by one now. Where it was written in this round already, each
   * point is noted for itself: another one is to be compared with it.
   */
  function dissolve(of: Stream<Owned>): void {
    const { written } = of;
    of.written = undefined;
    if (written === undefined) return;
    for (const [i, record] of written.records.entries()) {
      if (written.round !== round) {
        record.round = Math.max(record.round, written.round);
        continue;
      }
      // It was counted with its block.
      record.round = firstRound;
      emitted--;
      note(record, written.values[i] ?? Number.NaN, written.timestamp, undefined);
    }
  }

  function refuse(record: SeriesRecord<Owned>): undefined {
    refused.push(record);
  }

  return {
    begin(newSink, newRound, firstRoundOfCollection) {
      sink = newSink;
      round = newRound;
      firstRound = firstRoundOfCollection;
      emitted = 0;
      noted = 0;
      firstSeen = 0;
      refused = [];
    },
    end() {
      sink = nowhere;
      histograms.clear();
      severalPoints.clear();
      // In steady state nothing is noted.
      if (noted < smallestCapacity && values.length > smallestCapacity) {
        values = new Float64Array(smallestCapacity);
        timestamps = new Float64Array(smallestCapacity);
      }
    },
    by(newStream) {
      stream = newStream;
      dissolve(newStream);
      if (refused.length > 0) refused = [];
    },
    sample(held, value, timestamp, startTimestamp) {
      const record = admit(held, value, timestamp, undefined);
      if (record === undefined) return undefined;
      recorder.sample(record, value, timestamp, startTimestamp);
      sink.sample(record, value, timestamp, startTimestamp);
      return record;
    },
    staleMarker(held, timestamp) {
      recorder.irregular();
      const series = admit(held, Number.NaN, timestamp, undefined);
      if (series !== undefined) sink.staleMarker(series, timestamp);
      return series;
    },
    histogram(held, histogram) {
      recorder.irregular();
      const series = admit(held, Number.NaN, histogram.timestamp, histogram);
      if (series !== undefined) sink.histogram(series, histogram);
      return series;
    },
    replay(written, timestamp) {
      const { block, values: blockValues } = written;
      const { series, startTimestamps } = block;
      if (written.round < firstRound) firstSeen += series.length;
      emitted += series.length;
      written.round = round;
      written.timestamp = timestamp;
      if (sink.block !== undefined) {
        sink.block(block, blockValues, timestamp);
        return;
      }
      for (const [i, each] of series.entries()) {
        sink.sample(each, blockValues[i] ?? Number.NaN, timestamp, startTimestamps[i] ?? 0);
      }
    },
    get emitted() {
      return emitted;
    },
    get firstSeen() {
      return firstSeen;
    },
    takeRefused() {
      if (refused.length === 0) return refused;
      const taken = refused;
      refused = [];
      return taken;
    },
  };
}

function equalPoints(a: number | NativeHistogram, b: number | NativeHistogram): boolean {
  if (typeof a === "number" || typeof b === "number") return Object.is(a, b);
  return equalHistograms(a, b);
}

const collections = createCollections();
const nobody: Stream<never> = {
  title: "nobody",
  written: undefined,
  isContested: false,
  producer: { collections, resourceCollections: collections },
};
/** Until the first `begin`, and between calls. */
const nowhere: PointSink = { sample() {}, staleMarker() {}, histogram() {}, exemplar() {} };
