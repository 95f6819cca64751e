import type { NativeHistogram, Series } from "@otel-remote-write/prompb";
import type { SeriesRecord, SeriesTable, Stream } from "../intern/series-table.js";
import type { PointSink } from "../sink/point-sink.js";
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
  by(stream: Stream): void;
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

export function createEmitter<Owned>(table: SeriesTable<Owned>): Emitter<Owned> {
  let sink: PointSink<Owned> = nowhere;
  let stream: Stream = nobody;
  let round = 0;
  let firstRound = 0;
  let emitted = 0;
  let firstSeen = 0;
  let refused: SeriesRecord<Owned>[] = [];
  /** The first point of each series in this round, by its position. */
  let noted = 0;
  let values = new Float64Array(1024);
  let timestamps = new Float64Array(1024);

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
    if (histogram !== undefined) record.histogram = histogram;
  }

  function grow(): void {
    const [before, times] = [values, timestamps];
    values = new Float64Array(2 * before.length);
    timestamps = new Float64Array(2 * before.length);
    values.set(before);
    timestamps.set(times);
  }

  /** All points of a series in this round by their time; made when a second one comes. */
  function timesOfRound(record: SeriesRecord<Owned>): Map<number, number | NativeHistogram> {
    if (record.times?.round !== round) {
      const { position, histogram } = record;
      const time = timestamps[position] ?? Number.NaN;
      record.times = { round, points: new Map([[time, histogram ?? values[position] ?? Number.NaN]]) };
    }
    return record.times.points;
  }

  function contested(
    held: SeriesRecord<Owned>,
    value: number,
    timestamp: number,
    histogram: NativeHistogram | undefined,
  ): SeriesRecord<Owned> | undefined {
    const record = held.stream === undefined ? table.revive(held) : held;
    record.stream ??= stream;
    if (record.round !== round) {
      if (record.stream !== stream) return refuse(record);
      note(record, value, timestamp, histogram);
      return record;
    }
    const times = timesOfRound(record);
    const before = times.get(timestamp);
    const point = histogram ?? value;
    if (before !== undefined) return equalPoints(before, point) ? undefined : refuse(record);
    if (record.stream !== stream) return refuse(record);
    times.set(timestamp, point);
    emitted++;
    return record;
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
    },
    by(newStream) {
      stream = newStream;
      if (refused.length > 0) refused = [];
    },
    sample(held, value, timestamp, startTimestamp) {
      const series = admit(held, value, timestamp, undefined)?.series;
      if (series !== undefined) sink.sample(series, value, timestamp, startTimestamp);
      return series;
    },
    staleMarker(held, timestamp) {
      const series = admit(held, Number.NaN, timestamp, undefined)?.series;
      if (series !== undefined) sink.staleMarker(series, timestamp);
      return series;
    },
    histogram(held, histogram) {
      const series = admit(held, Number.NaN, histogram.timestamp, histogram)?.series;
      if (series !== undefined) sink.histogram(series, histogram);
      return series;
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

const nobody: Stream = { title: "nobody" };
/** Until the first `begin`, and between calls. */
const nowhere: PointSink = { sample() {}, staleMarker() {}, histogram() {}, exemplar() {} };
