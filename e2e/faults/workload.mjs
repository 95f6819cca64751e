import { setTimeout as sleep } from "node:timers/promises";
import { ValueType } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  AggregationType,
  DataPointType,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { translate } from "@otel-remote-write/translator";

/** @import { CollectionResult, MetricProducer, PushMetricExporter, ResourceMetrics } from "@opentelemetry/sdk-metrics" */
/** @import { Ledger } from "./ledger.mjs" */

/** So long the SDK waits before it goes on without an answer. */
const callbackLimitMillis = 30_000;

/**
 * @typedef {object} Workload
 * @property {() => Promise<Error | undefined>} cycle records, collects and exports once; gives what the export ended with
 * @property {() => Promise<void>} shutdown the SDK's, with its last export
 */

/**
 * An application: counters, a gauge, a histogram of each kind from the SDK, and a metric producer whose series come and
 * go. What it hands to the exporter stands in the ledger, by way of the translator, whose mapping other tests check.
 *
 * @param {object} options
 * @param {PushMetricExporter} options.exporter
 * @param {Ledger} options.ledger
 * @param {number} [options.series] about how many of each kind
 * @param {boolean} [options.natives] whether there are native histograms, which VictoriaMetrics does not store
 * @param {number} [options.cyclesPerGeneration] after so many collections the producer's series are other ones
 * @returns {Workload}
 */
export function createWorkload({ exporter, ledger, series = 100, natives = true, cyclesPerGeneration = 10 }) {
  /** @type {PushMetricExporter["export"]} */
  function exportAndNote(metrics, done) {
    const noted = ledger.handOver(translate(metrics).timeSeries);
    exporter.export(metrics, (result) => {
      if (result.error === undefined) noted.confirm();
      done(result);
    });
  }

  const reader = new PeriodicExportingMetricReader({
    exporter: {
      export: exportAndNote,
      forceFlush: () => exporter.forceFlush(),
      shutdown: () => exporter.shutdown(),
    },
    exportIntervalMillis: 3_600_000,
    metricProducers: [createChangingProducer(series, cyclesPerGeneration)],
  });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ "service.name": "faults", "service.instance.id": "1" }),
    readers: [reader],
    views: [{ instrumentName: "native", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  });
  const meter = provider.getMeter("faults");
  const counter = meter.createCounter("requests");
  const gauge = meter.createGauge("level");
  const classic = meter.createHistogram("classic");
  const native = meter.createHistogram("native");
  const attributes = Array.from({ length: series }, (_, item) => ({ item }));
  let cycles = 0;
  let lastCollection = 0;

  return {
    async cycle() {
      // Two collections in one millisecond would be moved apart, and the ledger compares timestamps.
      while (Date.now() <= lastCollection + 1) await sleep(1);
      cycles++;
      for (const each of attributes) {
        counter.add(1, each);
        gauge.record(cycles, each);
      }
      // Multiples of 1/8 have an exact sum.
      for (const each of attributes.slice(0, 5)) {
        classic.record((cycles % 100) / 8, each);
        if (natives) native.record((cycles % 100) / 8, each);
      }
      const { resourceMetrics } = await reader.collect();
      lastCollection = Date.now();
      return await new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`export() has not called back within ${callbackLimitMillis / 1000} s`)),
          callbackLimitMillis,
        );
        exportAndNote(resourceMetrics, ({ error }) => {
          clearTimeout(late);
          resolve(error);
        });
      });
    },
    shutdown: () => provider.shutdown(),
  };
}

/**
 * Half of its series come with the same attributes object each time, as the SDK's do, half with a new one.
 *
 * @param {number} series
 * @param {number} cyclesPerGeneration
 * @returns {MetricProducer}
 */
function createChangingProducer(series, cyclesPerGeneration) {
  let collections = 0;
  /** @type {{ generation: number, item: number }[]} */
  let kept = [];
  return {
    async collect() {
      const generation = Math.floor(collections / cyclesPerGeneration);
      if (collections % cyclesPerGeneration === 0) {
        kept = Array.from({ length: series }, (_, item) => ({ generation, item }));
      }
      collections++;
      const now = Date.now();
      /** @type {[number, number]} */
      const time = [Math.floor(now / 1000), (now % 1000) * 1_000_000];
      const dataPoints = kept.map((each, index) => ({
        attributes: index % 2 === 0 ? each : { ...each },
        startTime: time,
        endTime: time,
        value: collections,
      }));
      /** @type {ResourceMetrics["scopeMetrics"][number]["metrics"][number]} */
      const metric = {
        descriptor: {
          name: "changing",
          description: "",
          unit: "",
          valueType: ValueType.INT,
        },
        aggregationTemporality: AggregationTemporality.CUMULATIVE,
        dataPointType: DataPointType.GAUGE,
        dataPoints,
      };
      /** @type {CollectionResult} */
      const result = {
        resourceMetrics: {
          resource: resourceFromAttributes({}),
          scopeMetrics: [{ scope: { name: "producer" }, metrics: [metric] }],
        },
        errors: [],
      };
      return result;
    },
  };
}
