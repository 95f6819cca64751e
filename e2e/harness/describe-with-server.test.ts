import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const fixture = fileURLToPath(new URL("fixture", import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
};

describe("describeWithServer where there is no server", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "otel-remote-write-"));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function runFixture(
    env: Record<string, string>,
  ): Promise<{ exitCode: unknown; output: string; report: Report }> {
    const reportFile = join(folder, "report.json");
    const args = [
      vitest,
      "run",
      "--root",
      fixture,
      "--reporter=verbose",
      "--reporter=json",
      `--outputFile.json=${reportFile}`,
    ];
    const { exitCode, output } = await new Promise<{ exitCode: unknown; output: string }>((resolve) => {
      execFile(process.execPath, args, { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : error.code, output: stdout + stderr });
      });
    });
    return { exitCode, output, report: JSON.parse(await readFile(reportFile, "utf8")) as Report };
  }

  it("skips every test and shows the reason", async () => {
    const { exitCode, output, report } = await runFixture({ CI: "", PROMETHEUS_BIN: "/no/prometheus" });
    expect(output).toContain(
      "PROMETHEUS_BIN names /no/prometheus, which does not run: there is no such file.",
    );
    expect(report).toMatchObject({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 3 });
    const names = report.testResults[0]?.assertionResults.map(({ fullName }) => fullName) ?? [];
    expect(names.filter((name) => name.includes("skipped: PROMETHEUS_BIN names /no/prometheus"))).toEqual(
      names,
    );
    expect(exitCode).toBe(0);
  });

  it("fails every test with the reason when CI is true", async () => {
    const { exitCode, report } = await runFixture({ CI: "true", PROMETHEUS_BIN: "/no/prometheus" });
    expect(report).toMatchObject({ numPassedTests: 0, numFailedTests: 3, numPendingTests: 0 });
    expect(report.testResults[0]?.assertionResults.map((test) => test.failureMessages.join("\n"))).toEqual([
      expect.stringContaining("PROMETHEUS_BIN names /no/prometheus, which does not run"),
      expect.stringContaining("PROMETHEUS_BIN names /no/prometheus, which does not run"),
      expect.stringContaining("PROMETHEUS_BIN names /no/prometheus, which does not run"),
    ]);
    expect(exitCode).toBe(1);
  });
});
