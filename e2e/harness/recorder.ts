import type { Attributes, BatchObservableResult, Meter, MetricOptions, Observable } from "@opentelemetry/api";
import type { ExpectedSeries, Labels } from "./expected-series.js";

/** A set of attributes with the labels that it must become, both written down by the test. */
export type Point = { attributes: Attributes; labels: Labels };

type Record = (value: number, point: Point) => void;

/** Instruments that record with the OpenTelemetry API and note at the same time what a backend must hold. */
export type Recorder = {
  counter(name: string, series: string, options?: MetricOptions): Record;
  upDownCounter(name: string, series: string, options?: MetricOptions): Record;
  gauge(name: string, series: string, options?: MetricOptions): Record;
  histogram(name: string, series: string, bounds: readonly number[], options?: MetricOptions): Record;
  /** These set what every later collection observes. */
  observableCounter(name: string, series: string, options?: MetricOptions): Record;
  observableUpDownCounter(name: string, series: string, options?: MetricOptions): Record;
  observableGauge(name: string, series: string, options?: MetricOptions): Record;
};

/** @param scope labels that the meter's scope must become */
export function createRecorder(meter: Meter, expected: ExpectedSeries, scope: Labels): Recorder {
  function labelsOf(series: string, { labels }: Point): Labels {
    return { ...labels, ...scope, __name__: series };
  }

  function observe(instrument: Observable, series: string): Record {
    const values = new Map<Point, number>();
    meter.addBatchObservableCallback(
      (result: BatchObservableResult) => {
        for (const [{ attributes }, value] of values) result.observe(instrument, value, attributes);
      },
      [instrument],
    );
    return (value, point) => {
      values.set(point, value);
      expected.set(labelsOf(series, point), value);
    };
  }

  return {
    counter(name, series, options) {
      const instrument = meter.createCounter(name, options);
      return (value, point) => {
        instrument.add(value, point.attributes);
        expected.add(labelsOf(series, point), value);
      };
    },
    upDownCounter(name, series, options) {
      const instrument = meter.createUpDownCounter(name, options);
      return (value, point) => {
        instrument.add(value, point.attributes);
        expected.add(labelsOf(series, point), value);
      };
    },
    gauge(name, series, options) {
      const instrument = meter.createGauge(name, options);
      return (value, point) => {
        instrument.record(value, point.attributes);
        expected.set(labelsOf(series, point), value);
      };
    },
    histogram(name, series, bounds, options) {
      const instrument = meter.createHistogram(name, {
        ...options,
        advice: { explicitBucketBoundaries: [...bounds] },
      });
      return (value, point) => {
        instrument.record(value, point.attributes);
        expected.observe(labelsOf(series, point), bounds, value);
      };
    },
    observableCounter: (name, series, options) =>
      observe(meter.createObservableCounter(name, options), series),
    observableUpDownCounter: (name, series, options) =>
      observe(meter.createObservableUpDownCounter(name, options), series),
    observableGauge: (name, series, options) => observe(meter.createObservableGauge(name, options), series),
  };
}
