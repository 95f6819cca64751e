// Real servers behind connections that break: what they get twice, they must have once.
import { RemoteWriteMetricExporter } from "@otel-remote-write/exporter";
import { expect, it, onTestFinished } from "vitest";
import { describeWithServer } from "../harness/describe-with-server.js";
import { drain, lossesOf } from "./drain.mjs";
import { connectionFaults, startFaultProxy } from "./fault-proxy.mjs";
import { createLedger, ofServer } from "./ledger.mjs";
import { createRandom, pick } from "./random.mjs";
import { createWorkload } from "./workload.mjs";

const cases = [
  ["prometheus", "prometheus.WriteRequest"],
  ["prometheus", "io.prometheus.write.v2.Request"],
  ["victoriametrics", "auto"],
] as const;

for (const [name, protobufMessage] of cases) {
  describeWithServer(name, `behind connections that break, as ${protobufMessage}`, (server) => {
    it("everything is queried back, once and in order", async () => {
      const proxy = await startFaultProxy(Number(new URL(server().url).port));
      onTestFinished(() => proxy.down());
      const exporter = new RemoteWriteMetricExporter({
        url: `${proxy.origin}/api/v1/write`,
        protobufMessage,
        timeoutMillis: 1000,
        queue: { maxSamplesPerSend: 60, minBackoffMillis: 5, maxBackoffMillis: 50 },
      });
      const ledger = createLedger();
      const natives = name === "prometheus";
      const workload = createWorkload({ exporter, ledger, natives, cyclesPerGeneration: 3 });
      onTestFinished(() => workload.shutdown());
      const random = createRandom(1);
      // Each at least once, the ones after which the server has the data among them.
      proxy.script(...connectionFaults);
      proxy.decide(() => (random() < 0.1 ? pick(connectionFaults, random) : undefined));
      for (let cycles = 0; cycles < 15; cycles++) await workload.cycle();
      proxy.decide(undefined);
      await drain(exporter);
      const received = ofServer(await server().samples('{job="faults"}'));
      const { handedOver, ...balanced } = ledger.balance({ received, ...lossesOf(exporter) });
      expect(balanced).toEqual({ received: handedOver, lost: 0, problems: [] });
      expect(exporter.stats()).toMatchObject({ dropped: {}, unconfirmed: 0 });
      expect(proxy.scripted()).toBe(0);
    });
  });
}
