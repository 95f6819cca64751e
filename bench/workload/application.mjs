import { resourceFromAttributes } from "@opentelemetry/resources";
import { AggregationType, InstrumentType, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { httpAttributes } from "./attributes.mjs";
import { createRandom } from "./random.mjs";

/** @import { Counter, Histogram } from "@opentelemetry/api" */
/** @import { ResourceMetrics } from "@opentelemetry/sdk-metrics" */
/** @import { Shape } from "./shapes.mjs" */

/**
 * An instrumented application: the real SDK with a reader of ours that collects only when asked.
 *
 * @typedef {object} Application
 * @property {() => void} record records a value for every attribute set of the workload
 * @property {() => Promise<ResourceMetrics>} collect
 */

/** Points of one instrument, so that the SDK's default limit of 2,000 attribute sets each is never met. */
const pointsPerInstrument = 500;

class ManualReader extends MetricReader {
  /** @override */
  async onShutdown() {}
  /** @override */
  async onForceFlush() {}
}

/**
 * @param {Shape} shape
 * @param {{ generation?: number }} [options] applications of different generations share no attribute set
 * @returns {Application}
 */
export function createApplication(shape, { generation = 0 } = {}) {
  const reader = new ManualReader({
    aggregationSelector: (type) =>
      type === InstrumentType.HISTOGRAM && shape.histogramKind === "exponential"
        ? { type: AggregationType.EXPONENTIAL_HISTOGRAM }
        : { type: AggregationType.DEFAULT },
  });
  // Only what becomes `job` and `instance`: with more there would be a target_info, one series more.
  const resource = resourceFromAttributes({
    "service.name": "checkout",
    "service.instance.id": "627cc493-f310-47de-96bd-71410b7dec09",
  });
  const meter = new MeterProvider({ resource, readers: [reader] }).getMeter("shop", "1.4.2");
  const counters = spread(shape.counters, (number) =>
    meter.createCounter(`shop.http.server.requests.${number}`, {
      description: "Requests that were answered",
    }),
  );
  const histograms = spread(shape.histograms, (number) =>
    meter.createHistogram(`shop.http.server.duration.${number}`, {
      description: "How long requests took",
      unit: "ms",
    }),
  );
  const random = createRandom(1 + generation);
  const attributes = arrivalOrder(Math.max(shape.counters, shape.histograms), random).map((index) =>
    httpAttributes(index, generation),
  );
  // As in a process that has been running for a while.
  counters.forEach((counter, index) => counter.add(Math.floor(Math.exp(16 * random())), attributes[index]));
  histograms.forEach((histogram, index) => {
    for (let i = 0; i < 20; i++) histogram.record(duration(random), attributes[index]);
  });

  return {
    record() {
      counters.forEach((counter, index) => counter.add(1 + Math.floor(random() * 100), attributes[index]));
      histograms.forEach((histogram, index) => histogram.record(duration(random), attributes[index]));
    },
    async collect() {
      const { resourceMetrics, errors } = await reader.collect();
      if (errors.length > 0) throw new AggregateError(errors, "the SDK could not collect");
      return resourceMetrics;
    },
  };
}

/**
 * The instrument of each point.
 *
 * @template {Counter | Histogram} Instrument
 * @param {number} points
 * @param {(number: number) => Instrument} create
 * @returns {Instrument[]}
 */
function spread(points, create) {
  const instruments = Array.from({ length: Math.ceil(points / pointsPerInstrument) }, (_, i) =>
    create(i + 1),
  );
  return Array.from(
    { length: points },
    (_, index) => /** @type {Instrument} */ (instruments[Math.floor(index / pointsPerInstrument)]),
  );
}

/**
 * The numbers from 0 in the order in which a service meets its attribute sets: none, within one instrument. (Sorted
 * ones would compress better than any real service's.)
 *
 * @param {number} count
 * @param {() => number} random
 */
function arrivalOrder(count, random) {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let i = 0; i < count; i++) {
    const start = i - (i % pointsPerInstrument);
    const end = Math.min(start + pointsPerInstrument, count);
    const other = i + Math.floor(random() * (end - i));
    [order[i], order[other]] = [order[other] ?? other, order[i] ?? i];
  }
  return order;
}

/** Milliseconds, most of them around 50 and some far longer. @param {() => number} random */
function duration(random) {
  return Math.exp(2 + 4 * random() * random()) + random();
}
