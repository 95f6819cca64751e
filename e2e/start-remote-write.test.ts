import { hostname } from "node:os";
import { isMainThread, threadId } from "node:worker_threads";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { startRemoteWrite } from "@otel-remote-write/exporter";
import { expect, it } from "vitest";
import { serverNames } from "../scripts/servers/find-server.mjs";
import { describeWithServer } from "./harness/describe-with-server.js";

for (const serverName of serverNames) {
  describeWithServer(serverName, "startRemoteWrite", (server) => {
    it("has sent everything when shutdown is done, with an instance of its own", async () => {
      const remoteWrite = startRemoteWrite({
        url: server().writeUrl,
        resource: resourceFromAttributes({ "service.name": "short-lived" }),
      });
      remoteWrite.meterProvider.getMeter("e2e").createCounter("runs").add(1);
      await remoteWrite.shutdown();

      const instance = `${hostname()}:${process.pid}${isMainThread ? "" : `:${threadId}`}`;
      const stored = await server().samples('{__name__=~".+"}');
      expect(stored.map(({ labels, points }) => [labels, points.map(({ value }) => value)])).toEqual([
        [{ __name__: "runs_total", job: "short-lived", instance, otel_scope_name: "e2e" }, [1]],
      ]);
      expect(remoteWrite.stats()).toMatchObject({
        acknowledged: { samples: 1 },
        dropped: {},
        unconfirmed: 0,
      });
    });
  });
}
