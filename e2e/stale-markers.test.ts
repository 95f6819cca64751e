// Stale markers at shutdown: a query sees at once that the series have ended, while without them it sees the last value.
import { metrics as api } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { AggregationType, InstrumentType } from "@opentelemetry/sdk-metrics";
import { startRemoteWrite } from "@otel-remote-write/exporter";
import { describe, expect, it } from "vitest";
import { serverNames } from "../scripts/servers/find-server.mjs";
import { describeWithServer } from "./harness/describe-with-server.js";

const messages = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request"] as const;

for (const serverName of serverNames) {
  describeWithServer(serverName, "stale markers", (server) => {
    // VictoriaMetrics takes 1.0 only.
    const taken = serverName === "prometheus" ? messages : [messages[0]];
    describe.each(taken)("over %s", (protobufMessage) => {
      it.each([
        [true, 0],
        [false, 6],
      ])("staleMarkers: %s: %i series are left after shutdown", async (staleMarkers, left) => {
        const job = `job-${protobufMessage}-${staleMarkers}`;
        const remoteWrite = startRemoteWrite({
          url: server().writeUrl,
          protobufMessage,
          staleMarkers,
          resource: resourceFromAttributes({ "service.name": job, "service.version": "1" }),
          views: [
            {
              instrumentType: InstrumentType.HISTOGRAM,
              instrumentName: "native",
              aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
            },
          ],
        });
        api.disable();
        const meter = remoteWrite.meterProvider.getMeter("e2e");
        meter.createCounter("orders").add(3);
        meter.createHistogram("wait", { advice: { explicitBucketBoundaries: [] } }).record(5);
        if (serverName === "prometheus") meter.createHistogram("native").record(5);
        else meter.createGauge("native").record(5);
        await remoteWrite.forceFlush();
        const before = await server().query(`{job="${job}"}`);
        expect(before.map(({ labels }) => labels["__name__"]).toSorted()).toEqual([
          "native",
          "orders_total",
          "target_info",
          "wait_bucket",
          "wait_count",
          "wait_sum",
        ]);

        await remoteWrite.shutdown();
        expect(remoteWrite.stats()).toMatchObject({ dropped: {}, unconfirmed: 0 });
        // A moment later, as the marker's time may be the millisecond after the last value's.
        const after = await server().query(`{job="${job}"}`, Date.now() + 10);
        expect(after).toHaveLength(left);
      });
    });
  });
}
