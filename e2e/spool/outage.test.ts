// Outages that are longer than memory lasts, and disks that fail, with the exporter and a spool on real files.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { startReceiver } from "@otel-remote-write/receiver";
import { createSpool } from "@otel-remote-write/spool";
import { expect, it, onTestFinished } from "vitest";
import { drain, lossesOf } from "../faults/drain.mjs";
import { startFaultProxy } from "../faults/fault-proxy.mjs";
import { createLedger, ofReceiver } from "../faults/ledger.mjs";
import { createWorkload } from "../faults/workload.mjs";

async function setUp(protobufMessage: "prometheus.WriteRequest" | "auto", maxBytes?: number) {
  const directory = mkdtempSync(join(tmpdir(), "otel-remote-write-spool-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const proxy = await startFaultProxy(receiver.port);
  onTestFinished(() => proxy.down());
  const exporter = new RemoteWriteMetricExporter({
    url: `${proxy.origin}/api/v1/write`,
    protobufMessage,
    timeoutMillis: 2000,
    // Far less than a collection.
    queue: { maxSamplesPerSend: 60, minBackoffMillis: 5, maxBackoffMillis: 50, maxSamples: 10 },
    // They are in no ledger.
    staleMarkers: false,
    spool: createSpool({ directory, maxBytes }),
  });
  const ledger = createLedger();
  const { cycle, shutdown } = createWorkload({ exporter, ledger, cyclesPerGeneration: 3 });
  onTestFinished(shutdown);
  const balance = () => ledger.balance({ received: ofReceiver(receiver.series()), ...lossesOf(exporter) });
  return { directory, receiver, proxy, exporter, cycle, balance };
}

it.each(["prometheus.WriteRequest", "auto"] as const)(
  "nothing is lost in an outage, and nothing out of order, as %s",
  async (message) => {
    const { receiver, proxy, exporter, cycle, balance } = await setUp(message);
    await cycle();
    await proxy.down();
    for (let cycles = 0; cycles < 10; cycles++) {
      expect((await cycle())?.message).toMatch(/^queued, will be retried: /);
    }
    expect(exporter.stats().spool?.samples).toBeGreaterThan(1000);
    await proxy.up();
    await drain(exporter);
    const { handedOver, ...balanced } = balance();
    expect(balanced).toEqual({ received: handedOver, lost: 0, problems: [] });
    expect(receiver.violations).toEqual([]);
    expect(exporter.stats()).toMatchObject({ dropped: {}, unconfirmed: 0, spool: { samples: 0 } });
  },
);

it("what does not fit on the disk is dropped and counted, the oldest first", async () => {
  const { receiver, proxy, exporter, cycle, balance } = await setUp("auto", 200_000);
  await proxy.down();
  for (let cycles = 0; cycles < 20; cycles++) await cycle();
  expect(exporter.stats().spool?.bytes).toBeLessThanOrEqual(200_000);
  await proxy.up();
  await drain(exporter);
  const { lost, problems } = balance();
  expect(problems).toEqual([]);
  expect(lost).toBe(exporter.stats().dropped["spool_full"]);
  expect(lost).toBeGreaterThan(0);
  expect(receiver.violations).toEqual([]);
});

it("a disk that is gone leaves what comes in memory, and a new one takes it again", async () => {
  const { directory, receiver, proxy, exporter, cycle, balance } = await setUp("auto");
  await cycle();
  await drain(exporter);
  rmSync(directory, { recursive: true });
  writeFileSync(directory, "");
  await proxy.down();
  expect((await cycle())?.message).toContain("queued, in memory only, as the spool failed: ");
  rmSync(directory);
  expect((await cycle())?.message).toMatch(/^queued, will be retried: /);
  await proxy.up();
  await drain(exporter);
  const { handedOver, ...balanced } = balance();
  expect(balanced).toEqual({ received: handedOver, lost: 0, problems: [] });
  expect(receiver.violations).toEqual([]);
});
