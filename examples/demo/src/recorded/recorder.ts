import type { Attributes, Counter, Gauge, Histogram, Observable, UpDownCounter } from "@opentelemetry/api";
import type { RecordedHistogram, RecordedMetric, RecordedPoint, RecordedValue } from "./recorded-metric.js";
import { type Labels, seriesKey } from "./series.js";

type Observe = (value: number, attributes?: Attributes) => void;

/**
 * Keeps the truth: what was recorded, counted again without the SDK. Each method takes an instrument of the SDK and the
 * name that its metric must have in Prometheus, and gives an instrument that records with both.
 */
export interface Recorder {
  counter(instrument: Counter, name: string): Counter;
  upDownCounter(instrument: UpDownCounter, name: string): UpDownCounter;
  gauge(instrument: Gauge, name: string): Gauge;
  /** @param bounds those given to the instrument */
  histogram(instrument: Histogram, name: string, bounds: readonly number[]): Histogram;
  /** The truth of an observable instrument is what was observed last. */
  observable(
    instrument: Observable,
    name: string,
    type: "counter" | "gauge",
    read: (observe: Observe) => void,
  ): void;
  /** In the order of the calls above. */
  metrics(): readonly RecordedMetric[];
}

export function createRecorder(): Recorder {
  const metrics: { name: string; type: RecordedMetric["type"]; points: Map<string, RecordedPoint> }[] = [];

  /** Gives a function that changes the one point with the given attributes. */
  function addMetric<P extends RecordedPoint>(
    name: string,
    type: RecordedMetric["type"],
    change: (before: P | undefined, value: number, labels: Labels) => P,
  ): Observe {
    const points = new Map<string, P>();
    metrics.push({ name, type, points });
    return (value, attributes = {}) => {
      const labels = labelsOf(attributes);
      const key = seriesKey(labels);
      points.set(key, change(points.get(key), value, labels));
    };
  }

  return {
    counter: (instrument, name) => bothAdd(instrument, addMetric(name, "counter", add)),
    upDownCounter: (instrument, name) => bothAdd(instrument, addMetric(name, "gauge", add)),
    gauge: (instrument, name) => bothRecord(instrument, addMetric(name, "gauge", replace)),
    histogram: (instrument, name, bounds) =>
      bothRecord(instrument, addMetric(name, "histogram", createMeasure(bounds))),
    observable(instrument, name, type, read) {
      const note = addMetric(name, type, replace);
      instrument.addCallback((result) => {
        read((value, attributes) => {
          result.observe(value, attributes);
          note(value, attributes);
        });
      });
    },
    metrics: () => metrics.map(({ name, type, points }) => ({ name, type, points: [...points.values()] })),
  };
}

function bothAdd(instrument: Counter | UpDownCounter, note: Observe): Counter {
  return {
    add(value, attributes, context) {
      instrument.add(value, attributes, context);
      note(value, attributes);
    },
  };
}

function bothRecord(instrument: Gauge | Histogram, note: Observe): Gauge & Histogram {
  return {
    record(value, attributes, context) {
      instrument.record(value, attributes, context);
      note(value, attributes);
    },
  };
}

function add(before: RecordedValue | undefined, value: number, labels: Labels): RecordedValue {
  return { labels, value: (before?.value ?? 0) + value };
}

function replace(_before: RecordedValue | undefined, value: number, labels: Labels): RecordedValue {
  return { labels, value };
}

function createMeasure(bounds: readonly number[]) {
  return (before: RecordedHistogram | undefined, value: number, labels: Labels): RecordedHistogram => {
    const counts = [...(before?.counts ?? Array.from({ length: bounds.length + 1 }, () => 0))];
    const over = bounds.findIndex((bound) => value <= bound);
    const bucket = over === -1 ? bounds.length : over;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    return { labels, bounds, counts, sum: (before?.sum ?? 0) + value };
  };
}

/** The attributes of this demo are plain words, so that this is all there is to it. */
function labelsOf(attributes: Attributes): Labels {
  const entries = Object.entries(attributes);
  return Object.fromEntries(entries.map(([name, value]) => [name.replaceAll(".", "_"), String(value)]));
}
