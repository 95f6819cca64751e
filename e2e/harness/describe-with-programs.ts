import { beforeEach, describe, inject } from "vitest";
import type { FoundServer, GatewayName, ServerName } from "../../scripts/servers/find-server.mjs";

/**
 * A suite that needs several real programs and starts them itself. On a machine where one of them cannot be had its tests
 * are skipped and the reason stands in the suite's name; with CI=true each of them fails with that reason.
 *
 * @param tests takes a function that gives a program; to be called in tests and hooks, not while they are collected
 */
export function describeWithPrograms(
  names: readonly (ServerName | GatewayName)[],
  title: string,
  tests: (found: (name: ServerName | GatewayName) => FoundServer) => void,
): void {
  const servers = inject("servers");
  const missing = names
    .flatMap((name) => ("reason" in servers[name] ? [servers[name].reason] : []))
    .join(" ");
  const isSkipped = missing !== "" && !runsInCi();
  const note = isSkipped ? `, skipped: ${missing}` : "";
  describe.skipIf(isSkipped)(`${title} (${names.join(", ")})${note}`, () => {
    // Here and not in beforeAll, after whose failure the tests would be counted as skipped.
    beforeEach(() => {
      if (missing !== "") throw new Error(missing);
    });
    tests((name) => {
      const found = servers[name];
      if ("reason" in found) throw new Error(found.reason);
      return found;
    });
  });
}

export function runsInCi(): boolean {
  return !["", "0", "false"].includes(process.env["CI"] ?? "");
}
