// Real servers that are killed while metrics keep coming, and start again on the same port and data.
import {
  RemoteWriteMetricExporter,
  type RemoteWriteMetricExporterOptions,
} from "@otel-remote-write/exporter";
import { expect, it, onTestFinished } from "vitest";
import type { RunningServer } from "../../scripts/servers/running-server.mjs";
import { describeWithServer } from "../harness/describe-with-server.js";
import { drain, lossesOf } from "./drain.mjs";
import { createLedger, ofServer } from "./ledger.mjs";
import { createWorkload } from "./workload.mjs";

const kills = 3;
const cyclesBetween = 8;

async function runThroughKills(
  server: RunningServer,
  protobufMessage: RemoteWriteMetricExporterOptions["protobufMessage"],
  {
    natives = true,
    beforeKill = async () => {},
  }: { natives?: boolean; beforeKill?: () => Promise<unknown> } = {},
) {
  const exporter = new RemoteWriteMetricExporter({
    url: server.writeUrl,
    protobufMessage,
    timeoutMillis: 5000,
    queue: { maxSamplesPerSend: 60, minBackoffMillis: 5, maxBackoffMillis: 200 },
  });
  const ledger = createLedger();
  const { cycle, shutdown } = createWorkload({ exporter, ledger, natives, cyclesPerGeneration: 5 });
  onTestFinished(shutdown);
  /** From the last moment in which all was certainly on the server's disk to its death. */
  const risky: { from: number; to: number }[] = [];
  for (let killed = 0; killed < kills; killed++) {
    for (let cycles = 0; cycles < cyclesBetween; cycles++) await cycle();
    await drain(exporter);
    await beforeKill();
    const from = Date.now();
    for (let cycles = 0; cycles < cyclesBetween; cycles++) await cycle();
    // With requests on their way, whose answers nobody waits for.
    const underWay = cycle();
    await server.kill();
    risky.push({ from, to: Date.now() });
    await underWay;
    for (let cycles = 0; cycles < 3; cycles++) await cycle();
    const restarted = server.restart();
    for (let cycles = 0; cycles < 3; cycles++) await cycle();
    await restarted;
  }
  await cycle();
  await drain(exporter);
  return { exporter, ledger, risky, received: ofServer(await server.samples('{job="faults"}')) };
}

for (const message of ["prometheus.WriteRequest", "io.prometheus.write.v2.Request", "auto"] as const) {
  describeWithServer("prometheus", `killed mid-stream, as ${message}`, (server) => {
    it("everything is queried back, once and in order", async () => {
      const { exporter, ledger, received } = await runThroughKills(server(), message);
      const { handedOver, ...balanced } = ledger.balance({ received, ...lossesOf(exporter) });
      expect(balanced).toEqual({ received: handedOver, lost: 0, problems: [] });
      expect(exporter.stats()).toMatchObject({ dropped: {}, unconfirmed: 0 });
      expect(exporter.stats().retries).toBeGreaterThan(0);
    });
  });
}

describeWithServer("victoriametrics", "killed mid-stream", (server) => {
  it("everything is queried back but what it had not yet written to its disk", async () => {
    const { exporter, ledger, risky, received } = await runThroughKills(server(), "auto", {
      natives: false,
      // A snapshot writes all that is in memory.
      beforeKill: async () => expect((await fetch(`${server().url}/snapshot/create`)).ok).toBe(true),
    });
    const { received: arrived, problems } = ledger.balance({
      received,
      ...lossesOf(exporter),
      mayBeLost: (timestamp) => risky.some(({ from, to }) => from <= timestamp && timestamp <= to),
    });
    expect(problems).toEqual([]);
    expect(arrived).toBeGreaterThan(0);
    expect(exporter.stats()).toMatchObject({ dropped: {}, unconfirmed: 0 });
  });
});
