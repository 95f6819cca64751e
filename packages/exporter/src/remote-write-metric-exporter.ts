import { diag } from "@opentelemetry/api";
import {
  type AggregationOption,
  AggregationTemporality,
  AggregationType,
  type InstrumentType,
  type PushMetricExporter,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import { createRemoteWriteClient } from "@otel-remote-write/transport";
import {
  createTranslator,
  type Drop,
  type TranslationReport,
  type TranslatorOptions,
} from "@otel-remote-write/translator";
import type { SeriesState } from "./batches/batch.js";
import { type BatchRound, createRoundSink, type RoundSink } from "./batches/round-sink.js";
import { createSpoolDelivery } from "#spool-delivery";
import { createDelivery, type Delivery, type DeliveryOptions } from "./delivery/delivery.js";
import { systemRuntime } from "./delivery/runtime.js";
import { createUntracedClient } from "./delivery/untraced-client.js";
import { createRateLimitedLog, type RateLimitedLog } from "./log/rate-limited-log.js";
import { thrownText } from "./log/thrown-text.js";
import { createMetadataSender, type MetadataSender } from "./metadata/metadata-sender.js";
import type { RemoteWriteMetricExporterOptions } from "./options/exporter-options.js";
import { keepsUtf8Names, resolveExporterOptions } from "./options/resolve-options.js";
import { isUsualName, isUtf8Name } from "./relabel/check-labels.js";
import { createRelabelSink } from "./relabel/relabel-sink.js";
import type { Relabel } from "./relabel/relabel.js";
import {
  createSelfObservability,
  type ObservedExport,
  type SelfObservability,
} from "./self-observability/self-observability.js";
import { createCountingClient } from "./stats/counting-client.js";
import { countDataPoints, type DataPointCounts, pointsOfDrop } from "./stats/data-points.js";
import type { ExporterStats } from "./stats/exporter-stats.js";
import { createStatsRecorder, type StatsRecorder } from "./stats/stats-recorder.js";
import { endedByShutdown, type IsWanted } from "./staleness/ending-series.js";
import { createSlicedTranslation, type SlicedTranslation } from "./translation/sliced-translation.js";

type ResultCallback = Parameters<PushMetricExporter["export"]>[1];
type ResultCode = Parameters<ResultCallback>[0]["code"];

// Their enum is in @opentelemetry/core, whose version would have to be that of the application's SDK, 2.x or 3.x.
/* oxlint-disable typescript/no-unsafe-enum-assignment */
const success: ResultCode = 0;
const failed: ResultCode = 1;
/* oxlint-enable typescript/no-unsafe-enum-assignment */

/**
 * A push metric exporter for Prometheus remote write: give it to a `PeriodicExportingMetricReader`. It is not the
 * specification's "Prometheus Exporter", which is scraped (T29).
 *
 * After construction it throws nothing and rejects nothing: what goes wrong is told to `export()`'s callback, to
 * OpenTelemetry's `diag` and in `stats()`.
 */
export class RemoteWriteMetricExporter implements PushMetricExporter {
  readonly #translation: SlicedTranslation;
  readonly #delivery: Delivery;
  readonly #metadata: MetadataSender | undefined;
  readonly #stats: StatsRecorder;
  readonly #selfObservability: SelfObservability | undefined;
  readonly #log: RateLimitedLog;
  readonly #flushLimitMillis: number;
  readonly #endedByShutdown: () => IsWanted | undefined;
  /** Exports whose callback is still to be called. */
  readonly #openExports = new Set<Promise<void>>();
  #shutdown: Promise<void> | undefined;

  /** @throws {TypeError} for an option that is missing, unknown or wrong: it names the option and the fix */
  constructor(options: RemoteWriteMetricExporterOptions) {
    const {
      client: clientOptions,
      metadata,
      name,
      queue,
      relabel,
      selfObsMeterProvider,
      spool,
      staleMarkers,
      translator,
    } = resolveExporterOptions(options);
    const runtime = systemRuntime;
    this.#stats = createStatsRecorder(runtime.now);
    const client = createUntracedClient(
      createCountingClient(
        createRemoteWriteClient(
          clientOptions,
          { onWarning: (kind, message) => this.#log.warn(kind, message) },
          "RemoteWriteMetricExporter",
        ),
        this.#stats,
      ),
    );
    const logger = diag.createComponentLogger({
      namespace: `otel-remote-write ${name ?? new URL(clientOptions.url).host}`,
    });
    this.#log = createRateLimitedLog(logger, runtime.monotonic);
    this.#selfObservability =
      selfObsMeterProvider === undefined
        ? undefined
        : createSelfObservability({
            meterProvider: selfObsMeterProvider,
            url: new URL(clientOptions.url),
            log: this.#log,
            monotonic: runtime.monotonic,
            stats: () => this.stats(),
          });
    const rounds = createRoundSink(queue, (backMillis) => {
      this.#log.warn(
        "clock_stepped_back",
        `the clock was stepped back by ${Math.round(backMillis / 1000)} s; receivers may refuse samples until it has caught up`,
      );
    });
    const sink = relabel === undefined ? rounds : this.#relabelSink(rounds, relabel, translator);
    this.#translation = createSlicedTranslation(
      createTranslator<SeriesState>(translator),
      sink,
      runtime,
      staleMarkers !== false,
    );
    this.#endedByShutdown = () => endedByShutdown(staleMarkers, runtime.monotonic());
    this.#metadata = metadata.send
      ? createMetadataSender({ client, intervalMillis: metadata.sendIntervalMillis, log: this.#log, runtime })
      : undefined;
    const deliveryOptions: DeliveryOptions = {
      client,
      queue,
      stats: this.#selfObservability?.listenTo(this.#stats) ?? this.#stats,
      log: this.#log,
      runtime,
      splitBatch: (refused, moved) => rounds.split(refused, moved),
      onOutcome: (round, outcome) => {
        this.#selfObservability?.answered(outcome);
        this.#metadata?.answered(round, outcome);
      },
    };
    this.#delivery =
      spool === undefined
        ? createDelivery(deliveryOptions)
        : createSpoolDelivery({ ...deliveryOptions, spool });
    // One attempt that runs into its timeout, and another.
    this.#flushLimitMillis = 2 * (clientOptions.timeoutMillis ?? 10_000);
  }

  #relabelSink(rounds: RoundSink, relabel: Relabel, translator: TranslatorOptions): RoundSink {
    const isName = keepsUtf8Names(translator) ? isUtf8Name : isUsualName;
    return createRelabelSink(rounds, relabel, isName, (reason, metric, detail) => {
      this.#stats.dropped(reason, 1);
      // What is left out on purpose is no news.
      if (reason === "relabel") return;
      this.#log.warn(`${reason} ${metric}`, `a series of "${metric}" dropped (${reason}): ${detail}`);
    });
  }

  /**
   * Translates and queues the metrics: in steady state before it returns; where there are many new series, in slices
   * between other work of the event loop. The callback is called once: with success when the receiver has acknowledged
   * everything, with an error when something was dropped, and as soon as something has to wait for a retry
   * ("queued, will be retried: …"), which goes on in the background. What a spool has accepted
   * is there already, whatever the callback says, unless it says "in memory only".
   */
  export(metrics: ResourceMetrics, resultCallback: ResultCallback): void {
    if (this.#shutdown !== undefined) {
      this.#answer(resultCallback, new Error("the exporter was shut down"));
      return;
    }
    const observed = this.#selfObservability?.startExport(metrics);
    this.#translation.start(metrics, ({ report, rounds, failure }) => {
      this.#tell(report, metrics);
      observed?.translated(report.drops, rounds);
      if (failure === undefined) {
        const answered = this.#deliver(rounds, report.drops, observed, resultCallback);
        this.#openExports.add(answered);
        void answered.then(() => this.#openExports.delete(answered));
        return;
      }
      this.#dropUntranslated(rounds, failure);
      observed?.settled(failure);
      this.#answer(resultCallback, failure);
    });
  }

  async #deliver(
    rounds: readonly BatchRound[],
    drops: readonly Drop[],
    observed: ObservedExport | undefined,
    resultCallback: ResultCallback,
  ): Promise<void> {
    const error = await this.#delivery.deliver(rounds, observed?.settled);
    this.#answer(resultCallback, error ?? describeDrops(drops));
  }

  #dropUntranslated(rounds: readonly BatchRound[], { message }: Error): void {
    const points = rounds.reduce((sum, { round }) => sum + round.sampleCount + round.histograms.length, 0);
    this.#stats.dropped("translation_failed", points);
    this.#log.error("translation_failed", `a collection dropped (translation_failed): ${message}`);
  }

  #answer(resultCallback: ResultCallback, error: Error | undefined): void {
    try {
      resultCallback(error === undefined ? { code: success } : { code: failed, error });
    } catch (thrown) {
      this.#log.error("callback", `the callback of export() threw: ${thrownText(thrown)}`);
    }
  }

  #tell({ drops, warnings }: TranslationReport, metrics: ResourceMetrics): void {
    let counts: DataPointCounts | undefined;
    for (const drop of drops) {
      const { metric, reason, detail } = drop;
      counts ??= countDataPoints(metrics);
      this.#stats.dropped(reason, Math.max(1, pointsOfDrop(drop, counts)));
      this.#log.warn(`${reason} ${metric}`, `metric "${metric}" dropped (${reason}): ${detail}`);
    }
    for (const { metric, code, detail } of warnings) {
      this.#log.warn(`${code} ${metric}`, `metric "${metric}" (${code}): ${detail}`);
    }
  }

  /**
   * Resolves when everything exported so far is acknowledged or dropped, at the latest after twice `timeoutMillis`; what
   * is then still queued stays queued. Keeps the process alive meanwhile. Never rejects.
   */
  async forceFlush(): Promise<void> {
    this.#translation.finish();
    const end = performance.now() + this.#flushLimitMillis;
    await this.#delivery.flush(this.#flushLimitMillis);
    await this.#metadata?.flush(end - performance.now());
  }

  /**
   * As `forceFlush()`, with stale markers for the series that end (see `staleMarkers`); then gives up what is left, as a
   * drop with the reason `shutdown`. After it all callbacks are called, `stats()` does not change, and `export()` fails.
   * A second call waits for the first. Never rejects.
   *
   * @param limitMillis How long it may take: twice `timeoutMillis` by default.
   */
  async shutdown(limitMillis: number = this.#flushLimitMillis): Promise<void> {
    this.#shutdown ??= this.#shutdownOnce(limitMillis);
    await this.#shutdown;
  }

  async #shutdownOnce(limitMillis: number): Promise<void> {
    this.#translation.finish();
    const end = performance.now() + limitMillis;
    const isEnded = this.#endedByShutdown();
    const markers = isEnded === undefined ? [] : await this.#translation.endSeries(isEnded);
    await this.#delivery.shutdown(end - performance.now(), markers);
    await Promise.all(this.#openExports);
    await this.#metadata?.shutdown(end - performance.now());
    this.#selfObservability?.stop();
  }

  /** Cumulative for every instrument: Prometheus has nothing else (T28). */
  selectAggregationTemporality(_instrumentType: InstrumentType): AggregationTemporality {
    return AggregationTemporality.CUMULATIVE;
  }

  /** The SDK's default for every instrument; views can ask for exponential histograms, which become native ones. */
  selectAggregation(_instrumentType: InstrumentType): AggregationOption {
    return { type: AggregationType.DEFAULT };
  }

  /** What was sent, dropped and why, and what is queued. */
  stats(): ExporterStats {
    const { queue, inFlight, spool } = this.#delivery.status();
    return this.#stats.snapshot(queue, inFlight, spool);
  }
}

function describeDrops([first, ...others]: readonly Drop[]): Error | undefined {
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return new Error(`dropped (${first.reason}): ${first.detail}${more}`);
}
