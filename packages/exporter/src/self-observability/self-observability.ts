import type { MeterProvider } from "@opentelemetry/api";
import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import type { Outcome } from "@otel-remote-write/transport";
import type { Drop } from "@otel-remote-write/translator";
import type { BatchRound } from "../batches/round-sink.js";
import type { DeliveryFailure } from "../delivery/queued-round.js";
import type { RateLimitedLog } from "../log/rate-limited-log.js";
import { countPoints } from "../sending/pending-round.js";
import { countDataPoints, pointsOfDrop } from "../stats/data-points.js";
import type { ExporterStats } from "../stats/exporter-stats.js";
import type { StatsRecorder } from "../stats/stats-recorder.js";
import { describeComponent } from "./component.js";
import { createDataPointShare } from "./data-point-share.js";
import { createExporterMetrics } from "./exporter-metrics.js";
import { withMeter } from "./meter.js";
import { observeStats } from "./stats-metrics.js";

/** One call of `export()`. */
export interface ObservedExport {
  /** What came of its data points. */
  translated(drops: readonly Drop[], rounds: readonly BatchRound[]): void;
  /** All its Rounds are acknowledged or given up. */
  readonly settled: (failure: DeliveryFailure) => void;
}

/** Metrics about the exporter itself. Nothing of it throws. */
export interface SelfObservability {
  startExport(metrics: ResourceMetrics): ObservedExport;
  /** Gives a recorder that is told what becomes of points, and tells `stats`. */
  listenTo(stats: StatsRecorder): StatsRecorder;
  answered(outcome: Outcome): void;
  /** Observes nothing more. */
  stop(): void;
}

export interface SelfObservabilityOptions {
  readonly meterProvider: MeterProvider;
  /** Where the exporter writes. */
  readonly url: URL;
  readonly log: RateLimitedLog;
  /** Milliseconds that never go back. */
  readonly monotonic: () => number;
  readonly stats: () => ExporterStats;
}

/** @throws {TypeError} where the provider gives no meter that can be used */
export function createSelfObservability(options: SelfObservabilityOptions): SelfObservability {
  const { log, monotonic, stats } = options;
  const attributes = describeComponent(options.url);
  const share = createDataPointShare();
  let lastStatus: number | undefined;

  const { metrics, stop } = withMeter(options.meterProvider, (meter) => ({
    metrics: createExporterMetrics(meter, attributes),
    stop: observeStats(meter, attributes, () => stats(), safely),
  }));

  /** What is wrong with the provider must not become wrong with the exporter. */
  function safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      log.warn("self_observability", `selfObsMeterProvider took no measurement: ${String(error)}`);
    }
  }

  function finished(dataPoints: number, errorType?: string): void {
    if (dataPoints > 0) safely(() => metrics.finished(dataPoints, errorType));
  }

  return {
    startExport(input) {
      const startMillis = monotonic();
      const counts = countDataPoints(input);
      let firstDrop: Drop | undefined;
      if (counts.total > 0) safely(() => metrics.started(counts.total));
      return {
        translated(drops, rounds) {
          firstDrop = drops[0];
          let left = counts.total;
          for (const drop of drops) {
            const dropped = Math.min(left, pointsOfDrop(drop, counts));
            left -= dropped;
            finished(dropped, drop.reason);
          }
          let samples = 0;
          for (const { round } of rounds) {
            const points = countPoints(round);
            samples += points.samples + points.histograms;
          }
          // What was sent already, at the same time with the same value.
          if (samples === 0) finished(left);
          else share.add(left, samples);
        },
        settled(failure) {
          const seconds = (monotonic() - startMillis) / 1000;
          const reason = failure === undefined ? firstDrop?.reason : reasonOf(failure);
          safely(() => metrics.ended(seconds, reason, lastStatus));
        },
      };
    },
    listenTo: (recorder) => ({
      ...recorder,
      acknowledged(counts) {
        recorder.acknowledged(counts);
        finished(share.take(counts.samples + counts.histograms));
      },
      dropped(reason, points) {
        recorder.dropped(reason, points);
        finished(share.take(points), reason);
      },
      unconfirmed(points) {
        recorder.unconfirmed(points);
        finished(share.take(points), "unconfirmed");
      },
    }),
    answered(outcome) {
      lastStatus = outcome.kind === "aborted" ? undefined : outcome.status;
    },
    stop: () => safely(stop),
  };
}

/** Errors of the transport say it; others have one of those as their cause. */
function reasonOf(failure: Error): string {
  for (let error: unknown = failure; error instanceof Error; error = error.cause) {
    if ("reason" in error && typeof error.reason === "string") return error.reason;
  }
  return "dropped";
}
