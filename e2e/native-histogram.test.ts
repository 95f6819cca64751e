import { resourceFromAttributes } from "@opentelemetry/resources";
import { AggregationType } from "@opentelemetry/sdk-metrics";
import { startRemoteWrite } from "@otel-remote-write/exporter";
import { expect, it, onTestFinished } from "vitest";
import type { QueriedHistogram } from "../scripts/servers/query-api.mjs";
import { describeWithServer } from "./harness/describe-with-server.js";

const labels = { instance: "native-1", job: "native", otel_scope_name: "native" };
const messages = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request"] as const;

// Sums of both lists are exact in any order, and no value but 0 lies on the bound of a bucket.

/** Over many powers of two, which needs wide buckets. */
const wide = [0, 3 / 1024, 0.3125, 1.75, 2.875, 2.875, 117, 117.5, 4_999_999, 0];
/** Close together, where the SDK's buckets are finer than Prometheus has them (T18). */
const narrow = [1, 2, 3, 5, 13, 14, 14, 21].map((steps) => 1 + steps / 1024);

for (const protobufMessage of messages) {
  describeWithServer("prometheus", `exponential histograms as ${protobufMessage}`, (server) => {
    it.each([
      ["wide", wide],
      ["narrow", narrow],
    ])("%s: count, sum and every bucket equal what was recorded", async (name, values) => {
      const remoteWrite = startRemoteWrite({
        url: server().writeUrl,
        protobufMessage,
        resource: resourceFromAttributes({ "service.name": "native", "service.instance.id": "native-1" }),
        views: [{ instrumentName: name, aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
      });
      onTestFinished(() => remoteWrite.shutdown());
      const histogram = remoteWrite.meterProvider.getMeter("native").createHistogram(name, { unit: "s" });

      const half = values.slice(0, values.length / 2);
      for (const value of half) histogram.record(value);
      await remoteWrite.forceFlush();
      for (const value of values.slice(half.length)) histogram.record(value);
      await remoteWrite.forceFlush();

      const stored = await server().samples(`{__name__=~"${name}.*"}`);
      expect(stored.map((series) => series.labels)).toEqual([{ __name__: `${name}_seconds`, ...labels }]);
      const [first, second] = stored.flatMap(({ points }) => points.map((point) => point.histogram));
      expect(first).toEqual(recount(half, first));
      expect(second).toEqual(recount(values, second));

      // Not 0.5: with an even number of values that lies between two buckets.
      const exact = values.toSorted((a, b) => a - b)[Math.ceil(0.55 * values.length) - 1] ?? Number.NaN;
      const bucket = second?.buckets.find(({ lower, upper }) => lower < exact && exact <= upper);
      const [quantile] = await server().query(`histogram_quantile(0.55, ${name}_seconds)`);
      expect(quantile?.point.value).toBeGreaterThanOrEqual(bucket?.lower ?? Number.NaN);
      expect(quantile?.point.value).toBeLessThanOrEqual(bucket?.upper ?? Number.NaN);

      expect(remoteWrite.stats()).toMatchObject({ acknowledged: { histograms: 2 }, dropped: {} });
    });
  });
}

/** What the histogram must be, given the bounds that its non-empty buckets have. */
function recount(values: readonly number[], queried: QueriedHistogram | undefined): QueriedHistogram {
  const bounds = queried?.buckets ?? [];
  const buckets = bounds.map(({ lower, upper }) => ({
    lower,
    upper,
    count: values.filter((value) => (lower < value && value <= upper) || (value === 0 && lower < 0)).length,
  }));
  // Each value lies in one of the buckets, and none of them is empty.
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
  expect(buckets.map(({ count }) => count)).not.toContain(0);
  return { count: values.length, sum: values.reduce((sum, value) => sum + value, 0), buckets };
}
