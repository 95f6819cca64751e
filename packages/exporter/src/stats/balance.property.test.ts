import {
  AggregationType,
  InstrumentType,
  MeterProvider,
  MetricReader,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import { type Answer, startReceiver } from "@otel-remote-write/receiver";
import fc from "fast-check";
import { expect, test } from "vitest";
import { RemoteWriteMetricExporter } from "../remote-write-metric-exporter.js";
import type { ExporterStats } from "./exporter-stats.js";

const arbitraryAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constantFrom(200, 204, 400, 401, 404, 413, 415, 429, 500, 503),
  fc
    .constantFrom("refuse" as const, "reset" as const, "truncate" as const, "stall" as const)
    .map((fault) => ({ fault })),
  fc.record({ status: fc.constantFrom(204, 400, 503), written: fc.boolean(), store: fc.boolean() }),
);

/** As many series of each metric are recorded and exported; or the exporter is flushed. */
const arbitraryStep = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant("flush" as const));

class Reader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function startApplication() {
  const reader = new Reader();
  const aggregation = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const;
  const views = [{ instrumentType: InstrumentType.HISTOGRAM, aggregation }];
  const meter = new MeterProvider({ readers: [reader], views }).getMeter("test");
  const orders = meter.createCounter("orders");
  const latency = meter.createHistogram("latency");
  let series = 0;
  return async (atLeast: number): Promise<ResourceMetrics> => {
    // All of them, since the same value at the same time is sent once.
    series = Math.max(series, atLeast);
    for (let number = 0; number < series; number++) {
      orders.add(1, { number });
      latency.record(1, { number });
    }
    return (await reader.collect()).resourceMetrics;
  };
}

/** Everything that was handed over and is accounted for, in samples and histograms. */
function balance({ acknowledged, dropped, unconfirmed, queue }: ExporterStats): number {
  const given = Object.values(dropped).reduce((sum, points) => sum + points, 0);
  return acknowledged.samples + acknowledged.histograms + given + unconfirmed + queue.samples;
}

test("H1: every sample is acknowledged, dropped, unconfirmed or queued, at every time", async () => {
  const scenario = fc.record({
    answers: fc.array(arbitraryAnswer, { maxLength: 12 }),
    steps: fc.array(arbitraryStep, { minLength: 1, maxLength: 6 }),
    protobufMessage: fc.constantFrom(
      "auto" as const,
      "prometheus.WriteRequest" as const,
      "io.prometheus.write.v2.Request" as const,
    ),
    maxSamples: fc.constantFrom(10, 30, 1000),
    maxSamplesPerSend: fc.constantFrom(3, 1000),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ answers, steps, protobufMessage, maxSamples, maxSamplesPerSend }) => {
      const receiver = await startReceiver();
      receiver.answer(...answers);
      const exporter = new RemoteWriteMetricExporter({
        url: receiver.url,
        protobufMessage,
        timeoutMillis: 100,
        translator: { targetInfo: false },
        staleMarkers: false,
        queue: {
          maxSamples,
          maxSamplesPerSend,
          maxParallelSends: 2,
          minBackoffMillis: 1,
          maxBackoffMillis: 2,
        },
      });
      const collect = startApplication();
      let handedOver = 0;
      for (const step of steps) {
        if (step === "flush") {
          await exporter.forceFlush();
        } else {
          const metrics = await collect(step);
          for (const { dataPoints } of metrics.scopeMetrics.flatMap((scope) => scope.metrics))
            handedOver += dataPoints.length;
          exporter.export(metrics, () => undefined);
        }
        expect(balance(exporter.stats())).toBe(handedOver);
      }
      await exporter.shutdown();
      const stats = exporter.stats();
      expect(stats.inFlight).toBe(0);
      expect(balance(stats)).toBe(handedOver);
      expect(stats.queue).toEqual({ rounds: 0, samples: 0, bytes: 0 });
      expect(stats.sent.samples).toBeGreaterThanOrEqual(stats.acknowledged.samples);
      await receiver.close();
    }),
    { numRuns: 40 },
  );
});
