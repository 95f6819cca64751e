import type { Metadata } from "@otel-remote-write/prompb";
import type { Clock } from "./input/clock.js";
import type { MetricKind } from "./input/metric-kind.js";
import type { DataPointInput } from "./input/metrics-input.js";
import type { Entry, Instrument } from "./intern/instrument.js";
import type { SeriesRecord } from "./intern/series-table.js";
import { baseLabels } from "./labels/base-labels.js";
import { createProblemCollector } from "./labels/problem-collector.js";
import type { PointWriter, Writing } from "./points/point-writer.js";
import { writeHistogramPoint } from "./points/write-histogram.js";
import { writeExponentialPoint } from "./points/write-native.js";
import { writeNumberPoint } from "./points/write-number.js";
import { writeSummaryPoint } from "./points/write-summary.js";

/** Writes all points of a metric. In steady state that is, for each, one lookup by its attributes object, and numbers. */
export function writePoints<Owned>(
  writing: Writing<Owned>,
  instrument: Instrument<Owned>,
  metadata: Metadata,
  points: readonly DataPointInput[],
  round: number,
  clock: Clock,
): void {
  const { report, emitter } = writing;
  const { entries, name } = instrument;
  const write = pointWriter<Owned>(instrument.kind);
  for (const point of points) {
    const timestamp = clock.end(point.endTime);
    if (Number.isNaN(timestamp)) {
      report.drop(name, "invalid_timestamp", `a point of ${name} has no valid end time`);
      continue;
    }
    let entry = entries.get(point.attributes);
    if (entry === undefined) {
      entry = createEntry(writing, instrument, point);
    } else if (entry.round === round && entry.timestamp === timestamp) {
      report.drop(
        name,
        "mutated_attributes",
        `${name} has two points with one attributes object: it was changed after recording. Give each recording its own`,
      );
      continue;
    }
    entry.round = round;
    entry.timestamp = timestamp;
    for (const { code, metric, detail } of entry.warnings) report.warn(code, metric, detail);
    const startTimestamp = clock.start(point.startTime, timestamp);
    write(writing, instrument, metadata, entry, point, timestamp, startTimestamp);
    const refused = emitter.takeRefused();
    if (refused.length > 0) report.drop(name, "duplicate_series", duplicateDetail(instrument, refused));
  }
}

function pointWriter<Owned>(kind: MetricKind): PointWriter<Owned> {
  switch (kind) {
    case "counter":
    case "upDownCounter":
    case "gauge":
      return writeNumberPoint as PointWriter<Owned>;
    case "histogram":
      return writeHistogramPoint as PointWriter<Owned>;
    case "exponentialHistogram":
      return writeExponentialPoint as PointWriter<Owned>;
    case "summary":
      return writeSummaryPoint as PointWriter<Owned>;
  }
}

function createEntry<Owned>(
  { options }: Writing<Owned>,
  instrument: Instrument<Owned>,
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
