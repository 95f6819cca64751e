import type { Clock } from "../input/clock.js";
import type { MetricKind } from "../input/metric-kind.js";
import type { DataPointInput } from "../input/metrics-input.js";
import type { Entry, Instrument } from "../intern/instrument.js";
import type { SeriesRecord } from "../intern/series-table.js";
import { baseLabels } from "../labels/base-labels.js";
import { createProblemCollector } from "../labels/problem-collector.js";
import { writeExponentialPoint } from "../points/write-exponential.js";
import { writeHistogramPoint } from "../points/write-histogram.js";
import { writeNumberPoint } from "../points/write-number.js";
import { writeSummaryPoint } from "../points/write-summary.js";
import type { PointContext, PointWriter, Writing } from "../points/writing.js";

const writers: Readonly<Record<MetricKind, PointWriter>> = {
  counter: writeNumberPoint,
  upDownCounter: writeNumberPoint,
  gauge: writeNumberPoint,
  histogram: writeHistogramPoint,
  exponentialHistogram: writeExponentialPoint,
  summary: writeSummaryPoint,
};

/** Writes all points of a metric. In steady state that is, for each, one lookup by its attributes object, and numbers. */
export function writePoints<Owned>(
  writing: Writing<Owned>,
  points: readonly DataPointInput[],
  clock: Clock,
): void {
  const { report, emitter, instrument, round } = writing;
  const { entries, name } = instrument;
  const write = writers[instrument.kind];
  let context: PointContext<Owned> | undefined;
  for (const point of points) {
    const timestamp = clock.end(point.endTime);
    if (Number.isNaN(timestamp)) {
      report.drop(name, "invalid_timestamp", `a point of ${name} has no end time that can be sent`);
      continue;
    }
    let entry = entries.get(point.attributes);
    if (entry === undefined) {
      entry = createEntry(writing, point);
    } else if (entry.round === round && entry.timestamp === timestamp) {
      const detail = `${name} has two points with one attributes object, which must have been changed after recording`;
      report.drop(name, "mutated_attributes", detail);
      continue;
    }
    entry.round = round;
    entry.timestamp = timestamp;
    for (const { code, metric, detail } of entry.warnings) report.warn(code, metric, detail);
    const startTimestamp = clock.start(point.startTime, timestamp);
    const stale = point.flags !== undefined && (point.flags & 1) === 1;
    if (context === undefined) {
      context = { entry, timestamp, startTimestamp, stale };
    } else {
      context.entry = entry;
      context.timestamp = timestamp;
      context.startTimestamp = startTimestamp;
      context.stale = stale;
    }
    write(writing, context, point);
    const refused = emitter.takeRefused();
    if (refused.length > 0) report.drop(name, "duplicate_series", duplicateDetail(instrument, refused));
  }
}

function createEntry<Owned>(
  { options, instrument }: Writing<Owned>,
  { attributes }: DataPointInput,
): Entry<Owned> {
  const { scope } = instrument;
  const problems = createProblemCollector(instrument.name);
  const entry: Entry<Owned> = {
    base: baseLabels(attributes ?? {}, scope.resource.labels, scope.labels, options, problems),
    warnings: problems.warnings,
    round: 0,
    timestamp: Number.NaN,
    main: undefined,
    sum: undefined,
    count: undefined,
    min: undefined,
    max: undefined,
    boundaries: [],
    buckets: [],
    infinity: undefined,
    quantiles: undefined,
  };
  if (typeof attributes === "object" && attributes !== null) instrument.entries.set(attributes, entry);
  return entry;
}

function duplicateDetail<Owned>(
  instrument: Instrument<Owned>,
  refused: readonly SeriesRecord<Owned>[],
): string {
  const [first] = refused;
  if (first === undefined) return "";
  const labels = first.series.labels.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(", ");
  const others = refused.length === 1 ? "" : ` and ${refused.length - 1} more`;
  const owner =
    first.stream === instrument ? "this time with another value" : "the values of another instrument";
  return `the series {${labels}}${others} already has ${owner}`;
}
