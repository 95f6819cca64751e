import type { Series, TimeSeries } from "@otel-remote-write/prompb";
import type { MetricsInput } from "./input/metrics-input.js";
import { resolveOptions } from "./options/resolve-options.js";
import type { TranslatorOptions } from "./options/translator-options.js";
import { validateTranslatorOptions } from "./options/validate.js";
import type { Drop, Warning } from "./report.js";
import type { PointSink } from "./sink/point-sink.js";
import { createTimeSeriesSink } from "./sink/time-series-sink.js";
import { createMetricsWriter } from "./walk/write-metrics.js";

/** What was not sent as it was recorded. */
export interface TranslationReport {
  /** What is not sent at all. Empty in the good case. */
  readonly drops: Drop[];
  /** What is sent otherwise than it was recorded. Empty in the good case. */
  readonly warnings: Warning[];
}

/** What became of some metrics. */
export interface Translation extends TranslationReport {
  /** Every series once, with its points in the order of time. */
  readonly timeSeries: TimeSeries[];
}

/**
 * A translation that goes on from one collection to the next. It maps as `translate` does, but remembers: the same
 * label set is the same `Series` object, a series keeps the instrument that wrote it first and a name the type that it
 * had first, and points whose descriptor and attributes objects were seen before cost next to nothing.
 *
 * What was not seen for ten collections of its scope is forgotten, unless the sink keeps it. A whole scope is, when it is
 * overdue besides: after three of its own intervals. A collection is recognised by a new end time.
 */
export interface Translator<Owned = unknown> {
  /** Translates metrics to plain time series. Never throws, and never changes what it is given. */
  translate(metrics: MetricsInput): Translation;
  /** The same, point by point into a sink. Never throws: what the sink throws becomes a drop, too. */
  write(metrics: MetricsInput, sink: PointSink<Owned>): TranslationReport;
  /**
   * The same, left off after every fifty new series or so, whose labels take their time, and after some thousand known
   * ones: run it to its end, before anything else is translated, with other work in between where it yields. What was not reached is read later, so the
   * input must not change until then; the SDK's does not.
   */
  writeInSlices(metrics: MetricsInput, sink: PointSink<Owned>): Generator<undefined, TranslationReport>;
  /**
   * Writes stale markers for series that have ended (W1.23, W2.34): those that were in none of the last three collections
   * of their scope, and those of a scope that was in none of the last ten of its resource, and is overdue. Meant to follow every
   * `writeInSlices`, and in slices likewise. The markers have the time of the last points. A series that comes back goes
   * on. While collections come in parts, the current one does not count.
   *
   * @param isWanted Whether a series that has ended gets a marker.
   */
  endAbsentSeries(
    sink: PointSink<Owned>,
    isWanted: (series: Series<Owned>) => boolean,
  ): Generator<undefined, void>;
  /** The same for all series that are known and have no marker yet: when nothing more will come. */
  endAllSeries(
    sink: PointSink<Owned>,
    timestamp: number,
    isWanted: (series: Series<Owned>) => boolean,
  ): Generator<undefined, void>;
}

/**
 * Makes a translator.
 *
 * @throws TypeError or RangeError for options that are wrong, naming the option.
 */
export function createTranslator<Owned = unknown>(options: TranslatorOptions = {}): Translator<Owned> {
  validateTranslatorOptions(options);
  const writer = createMetricsWriter<Owned>(resolveOptions(options));

  function write(metrics: MetricsInput, sink: PointSink<Owned>): TranslationReport {
    const slices = writer.write(metrics, sink);
    for (;;) {
      const { done, value } = slices.next();
      if (done === true) return value;
    }
  }

  return {
    translate(metrics) {
      const sink = createTimeSeriesSink<Owned>();
      const report = write(metrics, sink);
      return { timeSeries: sink.timeSeries(), ...report };
    },
    write,
    writeInSlices: writer.write,
    endAbsentSeries: writer.endAbsent,
    endAllSeries: writer.endAll,
  };
}
