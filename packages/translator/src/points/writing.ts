import type { Exemplar, Metadata, Series } from "@otel-remote-write/prompb";
import type { DataPointInput } from "../input/metrics-input.js";
import type { Entry, Instrument } from "../intern/instrument.js";
import type { SeriesRecord } from "../intern/series-record.js";
import type { SeriesTable } from "../intern/series-table.js";
import type { InternedLabel, LabelInterner } from "../labels/label-interner.js";
import { withoutLabel, type HashedLabels } from "../labels/label-set.js";
import type { ProblemCollector } from "../labels/problem-collector.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import type { Report } from "../report.js";
import type { PointSink } from "../sink/point-sink.js";
import type { Recorder } from "../steady/recorder.js";
import type { Emitter } from "./emitter.js";

/** What the writing of points goes on with: where to write, and the metric that is written. One for each metric. */
export interface Writing<Owned> {
  readonly options: ResolvedOptions;
  readonly table: SeriesTable<Owned>;
  readonly interner: LabelInterner;
  readonly emitter: Emitter<Owned>;
  readonly recorder: Recorder<Owned>;
  readonly sink: PointSink<Owned>;
  readonly report: Report;
  readonly problems: ProblemCollector;
  readonly round: number;
  readonly instrument: Instrument<Owned>;
  readonly metadata: Metadata;
}

/** A point's times, what its series are called, and whether it says that they end. One for all points of a metric. */
export interface PointContext<Owned> {
  entry: Entry<Owned>;
  /** Integer milliseconds. */
  timestamp: number;
  /** Integer milliseconds; 0: not known. */
  startTimestamp: number;
  /** Nothing was recorded: the point's series end here (TR26). */
  stale: boolean;
}

/** Writes one point. */
export type PointWriter = <Owned>(
  writing: Writing<Owned>,
  context: PointContext<Owned>,
  point: DataPointInput,
) => void;

/** Interns a series of a point: its labels with a name, and perhaps one more, of whose name there is none yet. */
export function seriesOf<Owned>(
  {
    table,
    interner,
    metadata,
    instrument,
  }: Pick<Writing<Owned>, "table" | "interner" | "metadata" | "instrument">,
  base: HashedLabels,
  name: string,
  more?: InternedLabel,
): SeriesRecord<Owned> {
  return table.intern(base, interner.label("__name__", name), more, metadata, instrument);
}

/** Interns the series of a quantile. The label replaces an attribute of its name. */
export function quantileSeries<Owned>(
  writing: Writing<Owned>,
  base: HashedLabels,
  quantile: string,
): SeriesRecord<Owned> {
  const label = writing.interner.label("quantile", quantile);
  return seriesOf(writing, withoutLabel(base, "quantile"), writing.metadata.familyName, label);
}

/** Writes a value of a series that counts since the point's start time, or a stale marker. */
export function writeCounted<Owned>(
  { emitter }: Writing<Owned>,
  { stale, timestamp, startTimestamp }: PointContext<Owned>,
  record: SeriesRecord<Owned>,
  value: number,
): Series<Owned> | undefined {
  if (stale) return emitter.staleMarker(record, timestamp);
  return emitter.sample(record, value, timestamp, startTimestamp);
}

/** Writes a value of a series that does not count, which has no start time (TR20), or a stale marker. */
export function writeGauged<Owned>(
  { emitter }: Writing<Owned>,
  { stale, timestamp }: PointContext<Owned>,
  record: SeriesRecord<Owned>,
  value: number,
): Series<Owned> | undefined {
  if (stale) return emitter.staleMarker(record, timestamp);
  return emitter.sample(record, value, timestamp, 0);
}

/** Tells that another count is sent than the point has. */
export function warnOfCount<Owned>(
  { report, instrument: { name } }: Writing<Owned>,
  given: number,
  sent: number,
): void {
  const detail = `a point of ${name} has the count ${given}, but its buckets hold ${sent}: that is sent`;
  report.warn("count_corrected", name, detail);
}

/** Writes the exemplars of what was just written, if it was. */
export function writeExemplars<Owned>(
  { sink }: Writing<Owned>,
  series: Series<Owned> | undefined,
  exemplars: readonly Exemplar[] | undefined,
): void {
  if (series === undefined || exemplars === undefined) return;
  for (const exemplar of exemplars) sink.exemplar(series, exemplar);
}
