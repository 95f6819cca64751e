import { afterAll, beforeAll, beforeEach, describe, inject } from "vitest";
import type { FoundServer, ServerName } from "../../scripts/servers/find-server.mjs";
import { startPrometheus } from "../../scripts/servers/prometheus.mjs";
import { startVictoriaMetrics } from "../../scripts/servers/victoriametrics.mjs";
import type { RunningServer } from "../../scripts/servers/running-server.mjs";
import { runsInCi } from "./describe-with-programs.js";

type Start = (found: FoundServer) => Promise<RunningServer>;

const starts: Record<ServerName, Start> = {
  prometheus: startPrometheus,
  victoriametrics: startVictoriaMetrics,
};

/**
 * A suite against a real server, started anew for it. On a machine where the server cannot be had its tests are skipped
 * and the reason stands in the suite's name; with CI=true each of them fails with that reason.
 *
 * @param tests takes a function that gives the server; to be called in tests and hooks, not while they are collected
 * @param start by default the server with what the harness switches on
 */
export function describeWithServer(
  name: ServerName,
  title: string,
  tests: (server: () => RunningServer) => void,
  start: Start = starts[name],
): void {
  const found = inject("servers")[name];
  let failure: unknown = "reason" in found ? new Error(found.reason) : undefined;
  let server: RunningServer | undefined;

  function runningServer(): RunningServer {
    if (server === undefined) throw failure ?? new Error(`${name} runs only during the tests of its suite`);
    return server;
  }

  const isSkipped = "reason" in found && !runsInCi();
  const note = isSkipped ? `, skipped: ${found.reason}` : "";
  describe.skipIf(isSkipped)(`${title} (${name})${note}`, () => {
    beforeAll(async () => {
      if ("reason" in found) return;
      try {
        server = await start(found);
      } catch (error) {
        failure = error;
      }
    });
    // Here and not in beforeAll, after whose failure the tests would be counted as skipped.
    beforeEach(() => {
      if (failure !== undefined) throw failure;
    });
    afterAll(() => server?.stop());
    tests(runningServer);
  });
}
