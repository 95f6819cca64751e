import type { Clock } from "../input/clock.js";
import { hrTimeToMillis } from "../input/hr-time.js";
import type { MetricKind } from "../input/metric-kind.js";
import type { DataPointInput } from "../input/metrics-input.js";
import { newEntry, type Entry, type Instrument } from "../intern/instrument.js";
import type { SeriesRecord } from "../intern/series-record.js";
import { baseLabels } from "../labels/base-labels.js";
import type { HashedLabels } from "../labels/label-set.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import { writeExponentialPoint } from "../points/write-exponential.js";
import { writeHistogramPoint } from "../points/write-histogram.js";
import { writeNumberPoint } from "../points/write-number.js";
import { writeSummaryPoint } from "../points/write-summary.js";
import { tellAgain } from "../report.js";
import type { Slices } from "./slices.js";
import { unreadable } from "./unreadable.js";
import type { PointContext, PointWriter, Writing } from "../points/writing.js";

const writers: Readonly<Record<MetricKind, PointWriter>> = {
  counter: writeNumberPoint,
  upDownCounter: writeNumberPoint,
  gauge: writeNumberPoint,
  histogram: writeHistogramPoint,
  exponentialHistogram: writeExponentialPoint,
  summary: writeSummaryPoint,
};

const noLabels: HashedLabels = { labels: [], hash: 0 };

/** Writes all points of a metric. In steady state that is, for each, one lookup by its attributes object, and numbers. */
export function* writePoints<Owned>(
  writing: Writing<Owned>,
  points: readonly DataPointInput[],
  clock: Clock,
  isSliceOver: () => boolean,
): Slices {
  const { report, instrument } = writing;
  const write = writers[instrument.kind];
  clock.beginMetric();
  const context: PointContext<Owned> = {
    entry: newEntry(noLabels, undefined, undefined),
    timestamp: Number.NaN,
    startTimestamp: 0,
    stale: false,
  };
  for (const point of points) {
    try {
      writePoint(writing, write, context, point, clock);
    } catch (error) {
      unreadable(report, () => instrument.name, error);
    }
    if (isSliceOver()) yield;
  }
}

function writePoint<Owned>(
  writing: Writing<Owned>,
  write: PointWriter,
  context: PointContext<Owned>,
  point: DataPointInput,
  clock: Clock,
): void {
  const { report, emitter, recorder, instrument } = writing;
  const { name } = instrument;
  const timestamp = clock.read(point.endTime);
  if (Number.isNaN(timestamp)) {
    report.drop(name, "invalid_timestamp", `a point of ${name} has no end time that can be sent`);
    return;
  }
  instrument.entries ??= new WeakMap();
  let entry = instrument.entries.get(point.attributes);
  if (entry === undefined) {
    entry = createEntry(writing, point);
  } else if (clock.timeOf(entry.stamp) === timestamp) {
    const detail = `${name} has two points with one attributes object, which must have been changed after recording`;
    report.drop(name, "mutated_attributes", detail);
    return;
  }
  entry.stamp = clock.stamp;
  if (entry.invalidKey !== undefined) {
    const key = JSON.stringify(entry.invalidKey);
    const detail = `a point of ${name} has the attribute ${key}, which gives no label name: without it the point would be taken for another series`;
    report.drop(name, "invalid_label_name", detail);
    return;
  }
  if (entry.warnings !== undefined) {
    recorder.irregular();
    tellAgain(report, entry.warnings);
  }
  context.entry = entry;
  context.timestamp = timestamp;
  context.startTimestamp = startOf(entry, point.startTime, timestamp);
  context.stale = point.flags !== undefined && (point.flags & 1) === 1;
  write(writing, context, point);
  const refused = emitter.takeRefused();
  if (refused.length > 0) report.drop(name, "duplicate_series", duplicateDetail(instrument, refused));
}

/** A start time in milliseconds; 0 where it is not known or later than the end (TR20). */
function startOf<Owned>(entry: Entry<Owned>, startTime: unknown, end: number): number {
  if (entry.startTime !== startTime) {
    entry.startTime = startTime;
    entry.startMillis = hrTimeToMillis(startTime);
  }
  return entry.startMillis <= end ? entry.startMillis : 0;
}

function createEntry<Owned>(
  { options, interner, instrument, problems }: Writing<Owned>,
  { attributes }: DataPointInput,
): Entry<Owned> {
  const { templates, labels } = instrument.scope;
  let base = templates(attributes ?? {});
  let invalidKey: string | undefined;
  if (base === undefined) {
    base = baseLabels(attributes ?? {}, labels, options, interner, problems);
    ({ invalidKey } = problems);
  }
  for (const name of generatedNames(instrument.kind, options)) {
    if (base.labels.some((label) => label.name === name)) problems.overridden(name);
  }
  const warnings = problems.take(instrument.name);
  const entry = newEntry<Owned>(base, warnings, invalidKey);
  if (typeof attributes === "object" && attributes !== null) instrument.entries?.set(attributes, entry);
  return entry;
}

/** The labels that tell the series of a point apart: they replace attributes. */
function generatedNames(
  kind: MetricKind,
  { classicHistograms, quantiles }: ResolvedOptions,
): readonly string[] {
  if (kind === "summary") return ["quantile"];
  const isHistogram = kind === "histogram" || kind === "exponentialHistogram";
  const estimated = isHistogram && quantiles.length > 0 ? ["quantile"] : [];
  return kind === "histogram" && classicHistograms ? ["le", ...estimated] : estimated;
}

function duplicateDetail<Owned>(
  instrument: Instrument<Owned>,
  refused: readonly SeriesRecord<Owned>[],
): string {
  const [first] = refused;
  if (first === undefined) return "";
  const labels = first.labels.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(", ");
  const others = refused.length === 1 ? "" : ` and ${refused.length - 1} more`;
  const { stream } = first;
  const before = stream === undefined || stream === instrument ? "an earlier point" : stream.title;
  return `the series {${labels}}${others} has another value of ${before}`;
}
