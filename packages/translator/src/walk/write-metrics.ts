import { hrTimeToMillis } from "../input/hr-time.js";
import { isCumulative, metricKind, prometheusType } from "../input/metric-kind.js";
import type { MetricInput, MetricsInput } from "../input/metrics-input.js";
import { createCollections } from "../intern/collections.js";
import { createFamilies } from "../intern/families.js";
import { createRegistry } from "../intern/registry.js";
import type { ResourceState, ScopeState } from "../intern/scope-state.js";
import { createSeriesTable } from "../intern/series-table.js";
import { instrumentState, resourceState, scopeState } from "../intern/states.js";
import { createTargets } from "../intern/targets.js";
import { attributeText } from "../labels/attribute-text.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import { createEmitter } from "../points/emitter.js";
import type { Writing } from "../points/writing.js";
import { createClock } from "../input/clock.js";
import { createReport, type Drop, type Report, type Warning } from "../report.js";
import type { PointSink } from "../sink/point-sink.js";
import { familyOf } from "./metric-family.js";
import { writePoints } from "./write-points.js";
import { writeTargetInfo } from "./write-target-info.js";

/** Writes the metrics of one resource into a sink, and tells what was dropped or changed. */
export type MetricsWriter<Owned> = (
  metrics: MetricsInput,
  sink: PointSink<Owned>,
) => { drops: readonly Drop[]; warnings: readonly Warning[] };

/** Walks from the resource over scopes and metrics to the points. All that is remembered between calls is made here. */
export function createMetricsWriter<Owned>(options: ResolvedOptions): MetricsWriter<Owned> {
  type Call = Omit<Writing<Owned>, "instrument" | "metadata">;
  const collections = createCollections();
  const table = createSeriesTable<Owned>();
  const resources = createRegistry<ResourceState<Owned>>();
  const families = createFamilies();
  const targets = createTargets();
  const emitter = createEmitter<Owned>(table);
  const clock = createClock();
  let seen = 0;

  /** Forgets what was not seen for ten collections. Not worth a look when all series were there the last time. */
  function sweep(): void {
    const { oldestRound } = collections;
    if (seen < table.size) table.sweep(oldestRound);
    resources.sweep(oldestRound);
    for (const resource of resources.values()) {
      resource.scopes.sweep(oldestRound);
      for (const scope of resource.scopes.values()) scope.instruments.sweep(oldestRound);
    }
    families.sweep(oldestRound);
    targets.sweep(oldestRound);
    seen = 0;
  }

  function writeMetric(call: Call, scope: ScopeState<Owned>, metric: MetricInput): void {
    if (metric.dataPoints.length === 0) return;
    const { report } = call;
    const kind = metricKind(metric);
    const name = nameOf(metric);
    if (kind === undefined) {
      report.drop(
        name,
        "unsupported_metric_type",
        `${name} has the unknown data point type ${String(metric.dataPointType)}`,
      );
      return;
    }
    if (!isCumulative(metric, kind)) {
      report.drop(
        name,
        "delta_temporality",
        `${name} is not cumulative: remote write has no delta temporality`,
      );
      return;
    }
    const instrument = instrumentState(scope, metric.descriptor, kind, prometheusType(metric, kind), options);
    const metadata = familyOf(call, families, instrument, metric.descriptor);
    instrument.round = call.round;
    if (metadata === undefined) return;
    emitter.by(instrument);
    writePoints({ ...call, instrument, metadata }, metric.dataPoints, clock);
  }

  return (metrics, sink) => {
    const report = createReport();
    guard(
      report,
      () => "the resource",
      () => {
        clock.begin();
        if (collections.begin(firstEndTime(metrics))) sweep();
        const { round, firstRound } = collections;
        const call: Call = { options, table, emitter, sink, report, round };
        emitter.begin(sink, round, firstRound);
        const resource = resourceState(resources, metrics.resource, targets, options, round);
        for (const scopeMetrics of metrics.scopeMetrics) {
          guard(
            report,
            () => "a scope",
            () => {
              const scope = scopeState(resource, scopeMetrics.scope, options, round);
              for (const { code, metric, detail } of scope.warnings) report.warn(code, metric, detail);
              for (const metric of scopeMetrics.metrics) {
                guard(
                  report,
                  () => nameOf(metric),
                  () => writeMetric(call, scope, metric),
                );
              }
            },
          );
        }
        writeTargetInfo(call, families, resource, metrics, clock);
        seen += emitter.firstSeen;
      },
    );
    return { drops: report.drops, warnings: report.warnings };
  };
}

/** Input may be anything: what cannot be read is dropped, and the rest goes on (TR29). */
function guard(report: Report, name: () => string, read: () => void): void {
  try {
    read();
  } catch (error) {
    report.drop(attempt(name), "unreadable_input", `it could not be read: ${attempt(() => String(error))}`);
  }
}

function attempt(text: () => string): string {
  try {
    return text();
  } catch {
    return "(unreadable)";
  }
}

function nameOf(metric: MetricInput): string {
  return attributeText(metric.descriptor.name);
}

/** The end time of the first point that has one, by which a collection is recognised. */
function firstEndTime(metrics: MetricsInput): number {
  for (const { metrics: ofScope } of metrics.scopeMetrics) {
    for (const { dataPoints } of ofScope) {
      for (const point of dataPoints) {
        const time = hrTimeToMillis(point.endTime);
        if (!Number.isNaN(time)) return time;
      }
    }
  }
  return Number.NaN;
}
