// protobufMessage "auto", zstd and metadata of 1.0 against real servers.
import { resourceFromAttributes } from "@opentelemetry/resources";
import { type StartRemoteWriteOptions, startRemoteWrite } from "@otel-remote-write/exporter";
import { zstdCodec } from "@otel-remote-write/transport/zstd";
import { snappyCompressor } from "hysnappy";
import { expect, it, onTestFinished } from "vitest";
import { startPrometheus } from "../scripts/servers/prometheus.mjs";
import type { RunningServer } from "../scripts/servers/running-server.mjs";
import { describeWithServer } from "./harness/describe-with-server.js";
import { postV2 } from "./harness/write-request.js";

const v1 = "prometheus.WriteRequest";
const v2 = "io.prometheus.write.v2.Request";
const seriesCount = 95;

function start(server: RunningServer, job: string, options: Partial<StartRemoteWriteOptions> = {}) {
  const remoteWrite = startRemoteWrite({
    url: server.writeUrl,
    resource: resourceFromAttributes({ "service.name": job, "service.instance.id": "one" }),
    // So that one export is many requests.
    queue: { maxSamplesPerSend: 10 },
    ...options,
  });
  onTestFinished(() => remoteWrite.shutdown());
  return remoteWrite;
}

/** Exports three times, and gives the values of each series as they are queried back. */
async function exportAndQuery(
  server: RunningServer,
  job: string,
  remoteWrite: ReturnType<typeof start>,
): Promise<(number | undefined)[][]> {
  const counter = remoteWrite.meterProvider.getMeter("e2e").createCounter("orders");
  for (let round = 1; round <= 3; round++) {
    for (let item = 0; item < seriesCount; item++) counter.add(item + 1, { item });
    await remoteWrite.forceFlush();
  }
  const stored = await server.samples(`orders_total{job="${job}"}`);
  return stored
    .toSorted((a, b) => Number(a.labels["item"]) - Number(b.labels["item"]))
    .map(({ points }) => points.map(({ value }) => value));
}

/** Each series counts up by its number. */
const expected = Array.from({ length: seriesCount }, (_, item) =>
  [1, 2, 3].map((round) => round * (item + 1)),
);

const acknowledged = { samples: 3 * seriesCount, histograms: 0, exemplars: 0 };

describeWithServer("prometheus", "auto with a Prometheus that takes both", (server) => {
  it("ends as 2.0, with every sample of the first export", async () => {
    const remoteWrite = start(server(), "both");
    expect(await exportAndQuery(server(), "both", remoteWrite)).toEqual(expected);
    expect(remoteWrite.stats()).toMatchObject({
      acknowledged,
      written: acknowledged,
      dropped: {},
      retries: 0,
      protobufMessage: v2,
    });
  });

  it("hysnappy's requests are read", async () => {
    const codec = { name: "snappy", compress: snappyCompressor() };
    const remoteWrite = start(server(), "hysnappy", { codec });
    expect(await exportAndQuery(server(), "hysnappy", remoteWrite)).toEqual(expected);
  });

  it("W2.14: counts what was written of a request that is refused in part", async () => {
    // A sample from the future, behind which the exporter's is out of order.
    const inAMinute = BigInt(Date.now() + 60_000);
    const symbols = [
      "",
      "__name__",
      "late_total",
      "instance",
      "one",
      "job",
      "partial",
      "otel_scope_name",
      "e2e",
    ];
    const series = { labelsRefs: [1, 2, 3, 4, 5, 6, 7, 8], samples: [{ value: 100, timestamp: inAMinute }] };
    expect((await postV2(server().writeUrl, { symbols, timeseries: [series] })).status).toBe(204);

    const remoteWrite = start(server(), "partial", { queue: {} });
    const meter = remoteWrite.meterProvider.getMeter("e2e");
    for (const name of ["early", "late", "other"]) meter.createCounter(name).add(1);
    await remoteWrite.forceFlush();
    const stored = await server().samples('{job="partial", __name__=~"early_total|other_total"}');
    expect(stored.map(({ points }) => points.map(({ value }) => value))).toEqual([[1], [1]]);
    expect(remoteWrite.stats()).toMatchObject({ acknowledged: { samples: 2 }, dropped: { bad_request: 1 } });
  });
});

describeWithServer(
  "prometheus",
  "auto with a Prometheus that takes 1.0 only",
  (server) => {
    it("ends as 1.0, with every sample of the first export", async () => {
      const remoteWrite = start(server(), "first-only");
      expect(await exportAndQuery(server(), "first-only", remoteWrite)).toEqual(expected);
      expect(remoteWrite.stats()).toMatchObject({
        acknowledged,
        dropped: {},
        retries: 0,
        protobufMessage: v1,
      });
      // It has metadata of what it scrapes only; what is sent to it is taken and not shown.
      expect(await server().metadata()).toEqual({});
      expect(remoteWrite.stats().lastError).toBeUndefined();
    });
  },
  ({ path }) => startPrometheus({ path, acceptedMessages: [v1] }),
);

describeWithServer("victoriametrics", "auto with VictoriaMetrics", (server) => {
  it("W2.15: ends as 1.0, with every sample of the first export", async () => {
    const remoteWrite = start(server(), "auto");
    expect(await exportAndQuery(server(), "auto", remoteWrite)).toEqual(expected);
    expect(remoteWrite.stats()).toMatchObject({ acknowledged, dropped: {}, retries: 0, protobufMessage: v1 });
  });

  it("shows the metadata of 1.0", async () => {
    const remoteWrite = start(server(), "metadata");
    const meter = remoteWrite.meterProvider.getMeter("e2e");
    meter.createCounter("parcels", { description: 'Parcels "sent"', unit: "{parcel}" }).add(1);
    meter.createGauge("oven", { description: "Ofengröße", unit: "Cel" }).record(200);
    meter.createHistogram("wait", { unit: "s" }).record(1);
    await remoteWrite.forceFlush();
    expect(await server().metadata()).toMatchObject({
      parcels_total: [{ type: "counter", help: 'Parcels "sent"' }],
      oven_celsius: [{ type: "gauge", help: "Ofengröße", unit: "celsius" }],
      wait_seconds: [{ type: "histogram", unit: "seconds" }],
    });
  });

  it("zstd: every sample is there", async () => {
    const remoteWrite = start(server(), "zstd", { codec: zstdCodec });
    expect(await exportAndQuery(server(), "zstd", remoteWrite)).toEqual(expected);
    expect(remoteWrite.stats()).toMatchObject({ acknowledged, dropped: {}, retries: 0, protobufMessage: v1 });
  });
});
