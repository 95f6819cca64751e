import type { Series } from "@otel-remote-write/prompb";
import { createClock } from "../input/clock.js";
import { isCumulative, metricKind, prometheusType } from "../input/metric-kind.js";
import type { MetricInput, MetricsInput, ScopeMetricsInput } from "../input/metrics-input.js";
import { createCollections } from "../intern/collections.js";
import { createFamilies } from "../intern/families.js";
import { createRegistry } from "../intern/registry.js";
import type { Instrument } from "../intern/instrument.js";
import type { ResourceState, ScopeState } from "../intern/scope-state.js";
import { createSeriesTable } from "../intern/series-table.js";
import { instrumentState, resourceState, scopeState } from "../intern/states.js";
import { createTargets } from "../intern/targets.js";
import { attributeText } from "../labels/attribute-text.js";
import { createLabelInterner } from "../labels/label-interner.js";
import { createProblemCollector } from "../labels/problem-collector.js";
import type { ResolvedOptions } from "../options/resolve-options.js";
import { createEmitter } from "../points/emitter.js";
import type { Writing } from "../points/writing.js";
import { createReport, tellAgain, type Drop, type Warning } from "../report.js";
import type { PointSink } from "../sink/point-sink.js";
import { createRecorder } from "../steady/recorder.js";
import { createReplay, entriesOf, replayValues, type Replay } from "../steady/replay.js";
import type { WrittenBlock } from "../steady/written-block.js";
import { firstEndTime } from "./end-time.js";
import { createEndSeries, isAbsent } from "./end-series.js";
import { unreadable } from "./unreadable.js";
import { familyOf } from "./metric-family.js";
import { createSliceEnd } from "./slice-end.js";
import { knownSeriesPerSlice, type Slices } from "./slices.js";
import { writePoints } from "./write-points.js";
import { writeTargetInfo } from "./write-target-info.js";

/** What it does can be left off now and then while there are many series; what was begun must be ended before the next. */
export interface MetricsWriter<Owned> {
  /** Writes the metrics of one resource into a sink, and tells what was dropped or changed. */
  readonly write: (
    metrics: MetricsInput,
    sink: PointSink<Owned>,
  ) => Slices<{ readonly drops: Drop[]; readonly warnings: Warning[] }>;
  /** Ends those of the wanted series that are absent, if there is something new to tell of that. */
  readonly endAbsent: (sink: PointSink<Owned>, isWanted: (series: Series<Owned>) => boolean) => Slices;
  /** Ends all wanted series. */
  readonly endAll: (
    sink: PointSink<Owned>,
    timestamp: number,
    isWanted: (series: Series<Owned>) => boolean,
  ) => Slices;
}

const noScope = { name: "" };
/** Series that have nothing in common have about so many labels each. */
const labelsPerSeries = 4;

/** Walks from the resource over scopes and metrics to the points. All that is remembered between calls is made here. */
export function createMetricsWriter<Owned>(options: ResolvedOptions): MetricsWriter<Owned> {
  type Call = Omit<Writing<Owned>, "instrument" | "metadata">;
  const collections = createCollections();
  const table = createSeriesTable<Owned>();
  const resources = createRegistry<ResourceState<Owned>>();
  const families = createFamilies();
  const targets = createTargets();
  const recorder = createRecorder<Owned>();
  const emitter = createEmitter<Owned>(recorder);
  const isSliceOver = createSliceEnd(table, emitter);
  const endSeries = createEndSeries(table);
  const interner = createLabelInterner();
  /** By their descriptors. */
  const replays = new WeakMap<object, Replay<Owned>>();
  const clock = createClock();
  const problems = createProblemCollector();
  /** How many series the current collection has brought so far. */
  let seen = 0;
  let rounds = 0;
  /** Whether the current collection was not looked at yet for what is absent from it. */
  let isAbsenceOpen = false;

  /**
   * What was not seen since this round is forgotten. That is ten collections of everything; but of a scope that comes less
   * often, and will come again, ten of its own. The current one has not come to the scopes yet: what is overdue as of it is
   * ended before it is forgotten.
   */
  function findOldestRound(): number {
    let { oldestRound } = collections;
    for (const resource of resources.values()) {
      for (const { collections: ofScope } of resource.scopes.values()) {
        if (!ofScope.isOverdue(clock.latest)) oldestRound = Math.min(oldestRound, ofScope.leavingRound);
      }
    }
    return oldestRound;
  }

  /** Forgets what was not seen for ten collections, but for series that the sink keeps. Not worth a look when all series were there the last time. */
  function* sweep(sink: PointSink<Owned>): Slices {
    const oldestRound = findOldestRound();
    resources.sweep(oldestRound);
    for (const resource of resources.values()) {
      resource.scopes.sweep(oldestRound);
      for (const scope of resource.scopes.values()) scope.instruments.sweep(oldestRound);
    }
    if (seen < table.size) {
      yield* noteBlocks();
      yield* table.sweep(oldestRound, (record) => sink.keeps?.(record) === true);
    }
    // Labels of series that have left must not pile up.
    if (interner.size > labelsPerSeries * table.size + 1000) interner.clear();
    families.sweep(oldestRound);
    targets.sweep(oldestRound);
    seen = 0;
  }

  /** Tells series that come in blocks when they came last. */
  function* noteBlocks(): Slices {
    let noted = 0;
    for (const resource of resources.values()) {
      for (const scope of resource.scopes.values()) {
        for (const { written } of scope.instruments.values()) {
          if (written === undefined) continue;
          for (const record of written.records) record.round = Math.max(record.round, written.round);
          noted += written.records.length;
          if (noted >= knownSeriesPerSlice) {
            noted = 0;
            yield;
          }
        }
      }
    }
  }

  function* writeResource(metrics: MetricsInput, call: Call): Slices {
    const { report, round } = call;
    const resource = resourceState(resources, metrics.resource, targets, options, round);
    resource.collections.begin(round, firstEndTime(metrics.scopeMetrics));
    for (const scope of metrics.scopeMetrics) {
      try {
        yield* writeScope(call, resource, scope);
      } catch (error) {
        unreadable(report, () => "a scope", error);
      }
    }
    writeTargetInfo(call, families, resource, metrics, clock);
  }

  function* writeScope(call: Call, resource: ResourceState<Owned>, scopeMetrics: ScopeMetricsInput): Slices {
    const { report, round } = call;
    const { scope: input, metrics } = scopeMetrics;
    const scope = scopeState(resource, input ?? noScope, options, interner, round);
    scope.collections.begin(round, firstEndTime([scopeMetrics]));
    tellAgain(report, scope.warnings);
    for (const metric of metrics) {
      try {
        yield* writeMetric(call, scope, metric);
      } catch (error) {
        unreadable(report, () => nameOf(metric), error);
      }
    }
  }

  function* writeMetric(call: Call, scope: ScopeState<Owned>, metric: MetricInput): Slices {
    const { report, round } = call;
    if (metric.dataPoints.length === 0) return;
    const kind = metricKind(metric);
    if (kind === undefined) {
      const name = nameOf(metric);
      const detail = `${name} has the unknown data point type ${attributeText(metric.dataPointType)}`;
      report.drop(name, "unsupported_metric_type", detail);
      return;
    }
    if (!isCumulative(metric, kind)) {
      const name = nameOf(metric);
      report.drop(
        name,
        "delta_temporality",
        `${name} is not cumulative, and Prometheus has no other temporality`,
      );
      return;
    }
    const instrument = instrumentState(scope, metric.descriptor, kind, prometheusType(metric, kind), options);
    const metadata = familyOf(call, families, instrument, metric.descriptor);
    instrument.round = round;
    if (metadata === undefined) return;
    if (replay(metric, instrument, round)) {
      if (isSliceOver()) yield;
      return;
    }
    instrument.entries ??= entriesOf(replays.get(metric.descriptor), instrument) ?? new Map();
    emitter.by(instrument);
    recorder.begin();
    const drops = report.drops.length;
    let isReplayed = false;
    try {
      yield* writePoints({ ...call, instrument, metadata }, metric.dataPoints, clock, isSliceOver);
      if (report.drops.length > drops || instrument.isContested) recorder.irregular();
      isReplayed = remember(metric, instrument, recorder.end(round));
    } finally {
      keepEntries(instrument, isReplayed);
    }
  }

  /** Holds no attributes object for longer than it is written. All that entries say, a replay says in less room. */
  function keepEntries(instrument: Instrument<Owned>, isReplayed: boolean): void {
    const { entries } = instrument;
    if (isReplayed) instrument.entries = undefined;
    else if (entries instanceof Map) instrument.entries = new WeakMap(entries);
  }

  /** Writes a metric whose points differ from the last ones in their values alone; false: they are to be looked at. */
  function replay(
    { descriptor, dataPoints }: MetricInput,
    instrument: Instrument<Owned>,
    round: number,
  ): boolean {
    const last = replays.get(descriptor);
    if (last === undefined || last.instrument !== instrument) return false;
    // Written by another descriptor, contested, or written in this round already.
    if (last.written !== instrument.written || last.written.round === round) return false;
    const timestamp = attempt(() => replayValues(last, dataPoints, clock));
    if (timestamp === undefined) return false;
    emitter.replay(last.written, timestamp);
    return true;
  }

  /** Whether the metric can be replayed next time. */
  function remember(
    { descriptor, dataPoints }: MetricInput,
    instrument: Instrument<Owned>,
    written: WrittenBlock<Owned> | undefined,
  ): boolean {
    const next = written && createReplay(instrument, dataPoints, written, options);
    instrument.written = next?.written;
    if (next === undefined) replays.delete(descriptor);
    else replays.set(descriptor, next);
    return next !== undefined;
  }

  function* write(metrics: MetricsInput, sink: PointSink<Owned>): ReturnType<MetricsWriter<Owned>["write"]> {
    const report = createReport();
    try {
      const round = ++rounds;
      if (collections.begin(round, firstEndTime(metrics.scopeMetrics))) {
        yield* sweep(sink);
        isAbsenceOpen = true;
      }
      clock.begin();
      emitter.begin(sink, round, collections.firstRound);
      yield* writeResource(metrics, {
        options,
        table,
        interner,
        emitter,
        recorder,
        sink,
        report,
        problems,
        round,
      });
      seen += emitter.firstSeen;
    } catch (error) {
      unreadable(report, () => "the metrics", error);
    }
    table.endRound();
    emitter.end();
    return { drops: report.drops, warnings: report.warnings };
  }

  return {
    write,
    *endAbsent(sink, isWanted) {
      // In steady state all are there. In a collection of parts that is told after the first of them, of those before.
      if (!isAbsenceOpen || seen === table.size) return;
      isAbsenceOpen = false;
      yield* noteBlocks();
      yield* endSeries(sink, clock.latest, isAbsent, isWanted);
    },
    *endAll(sink, timestamp, isWanted) {
      yield* noteBlocks();
      yield* endSeries(sink, timestamp, ({ stream }) => stream !== undefined, isWanted);
    },
  };
}

/** Input that cannot be read is looked at point by point, which tells what is wrong with it. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function nameOf(metric: MetricInput): string {
  return attributeText(metric.descriptor.name);
}
