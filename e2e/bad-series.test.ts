// One bad series must not cost the others (E8): a real Prometheus rolls the whole of a 1.0 request back for it.
import { diag, type DiagLogger, DiagLogLevel } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { type StartRemoteWriteOptions, startRemoteWrite } from "@otel-remote-write/exporter";
import { expect, it, onTestFinished } from "vitest";
import type { RunningServer } from "../scripts/servers/running-server.mjs";
import { describeWithServer } from "./harness/describe-with-server.js";
import { postV1 } from "./harness/write-request.js";

const seriesCount = 200;

function start(server: RunningServer, job: string, options: Partial<StartRemoteWriteOptions>) {
  const lines: string[] = [];
  const line = (...parts: unknown[]): void => void lines.push(parts.join(" "));
  const logger: DiagLogger = { error: line, warn: line, info: line, debug: line, verbose: line };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const remoteWrite = startRemoteWrite({
    url: server.writeUrl,
    resource: resourceFromAttributes({ "service.name": job, "service.instance.id": "one" }),
    metadata: { send: false },
    translator: { targetInfo: false },
    ...options,
  });
  onTestFinished(async () => {
    await remoteWrite.shutdown();
    diag.disable();
  });
  return { remoteWrite, lines };
}

/** Stores a sample of the future, so that what is written now is out of order. */
async function spoil(server: RunningServer, job: string, item: number): Promise<void> {
  const labels = {
    __name__: "orders_total",
    instance: "one",
    item: String(item),
    job,
    otel_scope_name: "e2e",
  };
  const response = await postV1(server.writeUrl, {
    timeseries: [
      {
        labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
        samples: [{ value: 1, timestamp: BigInt(Date.now() + 300_000) }],
      },
    ],
  });
  expect(response.ok).toBe(true);
}

/** How many series have how many samples of the last minute. */
async function samplesOf(server: RunningServer, job: string): Promise<Record<number, number>> {
  const stored = await server.samples(`orders_total{job="${job}"}`);
  const counts: Record<number, number> = {};
  for (const { points } of stored) counts[points.length] = (counts[points.length] ?? 0) + 1;
  return counts;
}

describeWithServer("prometheus", "a Prometheus that rolls a request back", (server) => {
  it.each([
    ["one", [7]],
    ["several, in both halves,", [3, 60, 61, 150]],
  ])("has all good series where %s are out of order, and each bad one is named", async (_, bad) => {
    const job = `rolled-back-${bad.length}`;
    const { remoteWrite, lines } = start(server(), job, {
      protobufMessage: "prometheus.WriteRequest",
    });
    const counter = remoteWrite.meterProvider.getMeter("e2e").createCounter("orders");
    for (const item of bad) await spoil(server(), job, item);
    const rounds = 12;
    for (let round = 0; round < rounds; round++) {
      for (let item = 0; item < seriesCount; item++) counter.add(1, { item });
      await remoteWrite.forceFlush();
    }
    const { acknowledged, dropped, queue } = remoteWrite.stats();
    expect(queue.samples).toBe(0);
    expect(Object.keys(dropped).toSorted()).toEqual(["bad_request", "quarantined"]);
    const lost = (dropped["bad_request"] ?? 0) + (dropped["quarantined"] ?? 0);
    expect(acknowledged.samples + lost).toBe(rounds * seriesCount);
    const counts = await samplesOf(server(), job);
    expect(Object.entries(counts).reduce((sum, [points, series]) => sum + Number(points) * series, 0)).toBe(
      acknowledged.samples,
    );
    const text = lines.join("\n");
    for (const item of bad) expect(text).toContain(`item="${item}"`);
    expect(text).toContain("out of order sample");
    // In the end none but the bad ones is lost.
    for (let item = 0; item < seriesCount; item++) counter.add(1, { item });
    await remoteWrite.forceFlush();
    expect(remoteWrite.stats().acknowledged.samples - acknowledged.samples).toBe(seriesCount - bad.length);
  });

  it("loses nothing but the bad sample of 2.0, which is written in part, and sends nothing again", async () => {
    const job = "partial";
    const { remoteWrite } = start(server(), job, {});
    const counter = remoteWrite.meterProvider.getMeter("e2e").createCounter("orders");
    await spoil(server(), job, 7);
    for (let item = 0; item < seriesCount; item++) counter.add(1, { item });
    await remoteWrite.forceFlush();
    expect(remoteWrite.stats()).toMatchObject({
      acknowledged: { samples: seriesCount - 1 },
      dropped: { bad_request: 1 },
      retries: 0,
    });
    expect(await samplesOf(server(), job)).toEqual({ 1: seriesCount - 1 });
  });
});
