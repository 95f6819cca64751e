import type { Exemplar, Metadata, Series } from "@otel-remote-write/prompb";
import type { DataPointInput } from "../input/metrics-input.js";
import type { Entry, Instrument } from "../intern/instrument.js";
import type { SeriesRecord, SeriesTable } from "../intern/series-table.js";
import { withLabel } from "../labels/label-set.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import type { Report } from "../report.js";
import type { PointSink } from "../sink/point-sink.js";
import type { Emitter } from "./emitter.js";

/** What writing a point needs besides the point. It changes with each call; its parts are reached without lookups. */
export interface Writing<Owned> {
  readonly options: ResolvedOptions;
  readonly table: SeriesTable<Owned>;
  readonly emitter: Emitter<Owned>;
  sink: PointSink<Owned>;
  report: Report;
}

/** Writes one point. The times are integer milliseconds; a start time of 0 is not known. */
export type PointWriter<Owned> = (
  writing: Writing<Owned>,
  instrument: Instrument<Owned>,
  metadata: Metadata,
  entry: Entry<Owned>,
  point: DataPointInput,
  timestamp: number,
  startTimestamp: number,
) => void;

/** Whether a point says that nothing was recorded: its series end here (TR26). */
export function isStale(point: DataPointInput): boolean {
  return point.flags !== undefined && (point.flags & 1) === 1;
}

/** Interns a series of a point: its labels with a name, and perhaps one more. */
export function seriesOf<Owned>(
  { table }: Writing<Owned>,
  entry: Entry<Owned>,
  metadata: Metadata,
  name: string,
  label?: string,
  value = "",
): SeriesRecord<Owned> {
  const labels = withLabel(entry.base, "__name__", name);
  return table.intern(label === undefined ? labels : withLabel(labels, label, value), metadata);
}

export function writeNumber<Owned>(
  { emitter }: Writing<Owned>,
  record: SeriesRecord<Owned>,
  stale: boolean,
  value: number,
  timestamp: number,
  startTimestamp: number,
): Series<Owned> | undefined {
  if (stale) return emitter.staleMarker(record, timestamp);
  return emitter.sample(record, value, timestamp, startTimestamp);
}

export function writeExemplars<Owned>(
  { sink }: Writing<Owned>,
  series: Series<Owned> | undefined,
  exemplars: readonly Exemplar[] | undefined,
): void {
  if (series === undefined || exemplars === undefined) return;
  for (const exemplar of exemplars) sink.exemplar(series, exemplar);
}
