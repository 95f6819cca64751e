// What only remote write 2.0 carries, or only input beyond today's SDK has, stored by a real Prometheus.
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { RemoteWriteMetricExporter, startRemoteWrite } from "@otel-remote-write/exporter";
import type { DataPointInput, MetricsInput } from "@otel-remote-write/translator";
import { expect, it, onTestFinished } from "vitest";
import { describeWithServer } from "./harness/describe-with-server.js";

const protobufMessage = "io.prometheus.write.v2.Request";
const resource = resourceFromAttributes({ "service.name": "v2", "service.instance.id": "v2-1" });
const labels = { instance: "v2-1", job: "v2", otel_scope_name: "v2" };

function time(millis: number): [seconds: number, nanoseconds: number] {
  return [Math.floor(millis / 1000), (millis % 1000) * 1_000_000];
}

describeWithServer("prometheus", "remote write 2.0", (server) => {
  it("T17: stores explicit histograms as native ones with custom buckets, and classic ones beside", async () => {
    const remoteWrite = startRemoteWrite({
      url: server().writeUrl,
      protobufMessage,
      resource,
      translator: { explicitHistograms: "both" },
    });
    onTestFinished(() => remoteWrite.shutdown());
    const histogram = remoteWrite.meterProvider.getMeter("v2").createHistogram("latency", {
      unit: "s",
      advice: { explicitBucketBoundaries: [0.5, 1, 2, 4] },
    });
    const values = [0.25, 0.5, 0.75, 1.5, 1.75, 3, 3.5, 8, 9];
    for (const value of values) histogram.record(value);
    await remoteWrite.forceFlush();

    const stored = await server().samples(`{__name__="latency_seconds"}`);
    expect(stored.map((series) => series.labels)).toEqual([{ __name__: "latency_seconds", ...labels }]);
    // Prometheus shows the first bucket from -Inf, and leaves empty ones out.
    expect(stored[0]?.points[0]?.histogram).toMatchObject({
      count: 9,
      sum: 28.25,
      buckets: [
        { upper: 0.5, count: 2 },
        { lower: 0.5, upper: 1, count: 1 },
        { lower: 1, upper: 2, count: 2 },
        { lower: 2, upper: 4, count: 2 },
        { lower: 4, count: 2 },
      ],
    });
    const quantile = async (series: string): Promise<number | undefined> => {
      const [result] = await server().query(`histogram_quantile(0.5, ${series})`);
      return result?.point.value;
    };
    expect(await quantile("latency_seconds_bucket")).toBeCloseTo(1.75, 10);
    expect(await quantile("latency_seconds")).toBeCloseTo(1.75, 10);
    expect(remoteWrite.stats()).toMatchObject({ acknowledged: { histograms: 1 }, dropped: {} });
  });

  it("W2.31: stores names in UTF-8 as they are", async () => {
    const remoteWrite = startRemoteWrite({
      url: server().writeUrl,
      protobufMessage,
      resource,
      translator: { translationStrategy: "NoTranslation" },
    });
    onTestFinished(() => remoteWrite.shutdown());
    const counter = remoteWrite.meterProvider
      .getMeter("v2")
      .createCounter("orders.placed", { unit: "{order}" });
    counter.add(3, { größe: "ß", "shop.id": "🛒" });
    await remoteWrite.forceFlush();
    const stored = await server().samples(`{__name__="orders.placed"}`);
    expect(stored.map((series) => [series.labels, series.points[0]?.value])).toEqual([
      [{ __name__: "orders.placed", ...labels, größe: "ß", "shop.id": "🛒" }, 3],
    ]);
  });

  it("T14, T15: stores exemplars with the counter and the bucket that they belong to", async () => {
    const now = Date.now();
    const exemplar = (value: number, traceId: string) => ({
      value,
      timestamp: time(now - 500),
      traceId,
      spanId: "00f067aa0ba902b7",
      filteredAttributes: { user: "u1" },
    });
    const point = (
      value: DataPointInput["value"],
      ...exemplars: ReturnType<typeof exemplar>[]
    ): DataPointInput => ({
      attributes: {},
      startTime: time(now - 60_000),
      endTime: time(now),
      value,
      exemplars,
    });
    const metrics: MetricsInput = {
      resource,
      scopeMetrics: [
        {
          scope: { name: "v2" },
          metrics: [
            {
              descriptor: { name: "jobs" },
              dataPointType: 3,
              aggregationTemporality: 1,
              isMonotonic: true,
              dataPoints: [point(5, exemplar(1, "0af7651916cd43dd8448eb211c80319c"))],
            },
            {
              descriptor: { name: "run", unit: "s" },
              dataPointType: 0,
              aggregationTemporality: 1,
              dataPoints: [
                point(
                  { buckets: { boundaries: [1, 2], counts: [1, 1, 1] }, count: 3, sum: 6 },
                  exemplar(1.5, "4bf92f3577b34da6a3ce929d0e0e4736"),
                ),
              ],
            },
          ],
        },
      ],
    };
    const exporter = new RemoteWriteMetricExporter({ url: server().writeUrl, protobufMessage });
    onTestFinished(() => exporter.shutdown());
    const { promise, resolve } = Promise.withResolvers<unknown>();
    // The SDK's type has no exemplars yet.
    exporter.export(metrics as unknown as ResourceMetrics, resolve);
    expect(await promise).toEqual({ code: 0 });

    const stored = await server().exemplars(`{__name__=~"jobs_total|run_seconds_bucket"}`);
    const found = stored.flatMap(({ seriesLabels, exemplars }) =>
      exemplars.map((each) => ({
        name: seriesLabels["__name__"],
        le: seriesLabels["le"],
        labels: each.labels,
        value: Number(each.value),
      })),
    );
    const common = { span_id: "00f067aa0ba902b7", user: "u1" };
    expect(found.toSorted((a, b) => a.value - b.value)).toEqual([
      { name: "jobs_total", labels: { trace_id: "0af7651916cd43dd8448eb211c80319c", ...common }, value: 1 },
      {
        name: "run_seconds_bucket",
        le: "2",
        labels: { trace_id: "4bf92f3577b34da6a3ce929d0e0e4736", ...common },
        value: 1.5,
      },
    ]);
  });
});
