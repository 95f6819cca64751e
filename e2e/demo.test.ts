import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { describeWithServer } from "./harness/describe-with-server.js";

const main = fileURLToPath(new URL("../examples/demo/dist/main.js", import.meta.url));
const children = new Set<ChildProcess>();

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the built demo without a terminal. `onOutput` sees everything written so far, and may end it. */
async function demo(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; onOutput?: (output: string, child: ChildProcess) => void } = {},
): Promise<Ended> {
  const { FORCE_COLOR: _colour, ...env } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    options.onOutput?.(output, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  await once(child, "close");
  return { code: child.exitCode, output, errors };
}

/** What every run has in common. */
function outcome({ code, output, errors }: Ended): unknown {
  const [, compared, equal] = /^series compared, .*: (\d+), of which (\d+) are equal$/m.exec(output) ?? [];
  return {
    code,
    errors,
    // A terminal's control characters have no place in a pipe.
    hasControlCharacters: output.includes("\u001B"),
    marks: { good: output.includes("✓"), bad: output.includes("✗") },
    comparesEnough: Number(compared) > 70,
    isAllEqual: compared === equal,
    dropped: /^samples dropped: (.*)$/m.exec(output)?.[1],
    lastLine: /\n([^.\n]*)\. Next: .+\n$/.exec(output)?.[1],
  };
}

const success = {
  code: 0,
  errors: "",
  hasControlCharacters: false,
  marks: { good: true, bad: false },
  comparesEnough: true,
  isAllEqual: true,
  dropped: "0",
  lastLine: "All arrived as it was recorded",
};

describe("npm run demo", () => {
  it("shows progress, a table of what arrived, and that it is what was recorded", async () => {
    const ended = await demo(["--seconds", "2"]);
    expect(outcome(ended)).toEqual(success);
    const { output } = ended;
    expect(output).toMatch(/^ +2 s +[\d,]+ requests made +\d+ pushes acknowledged +[\d,]+ samples stored$/m);
    expect(output).toContain('On every series: job="demo/shop", instance="shop-1".');
    expect(output).toMatch(/^series +recorded +arrived +buckets$/m);
    expect(output).toMatch(/^http_server_request_duration_seconds {2}histogram$/m);
    expect(output).toMatch(
      /^ {2}GET +\/products +200 +\d+ \(Σ [\d.]+\) +\d+ \(Σ [\d.]+\) {2}✓ {2}[▁-█·]{10}$/m,
    );
    expect(output).toMatch(/^process_cpu_time_seconds_total {2}counter {2}by cpu_mode$/m);
    expect(output).toMatch(/^ {2}1\.2\.3 +demo +1 +1 {2}✓$/m);
    expect(output).toMatch(/^protocol violations: 0$/m);
    const lines = output.split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("goes on with --watch until it is ended, and then shows the table", async () => {
    let isEnded = false;
    const ended = await demo(["--watch"], {
      onOutput: (output, child) => {
        // Once: a second signal does not wait for the table.
        if (/^ +2 s .*\n$/m.test(output) && !isEnded) isEnded = child.kill("SIGTERM");
      },
    });
    expect(outcome(ended)).toEqual(success);
    expect(ended.output).toContain("It gets requests until Ctrl-C.");
  });

  it("refuses arguments that it does not know with exit code 2", async () => {
    const { code, output, errors } = await demo(["--bakend", "prometheus"]);
    expect({ code, output }).toEqual({ code: 2, output: "" });
    expect(errors).toBe("demo: unknown option --bakend; there are --backend, --seconds, --watch, --help\n");
  });

  it("says in one sentence that a server cannot be had, with exit code 1", async () => {
    const env = { PROMETHEUS_BIN: "/nowhere/prometheus" };
    const { code, errors } = await demo(["--backend", "prometheus"], { env });
    expect(code).toBe(1);
    expect(errors).toBe(
      "demo: PROMETHEUS_BIN names /nowhere/prometheus, which does not run: there is no such file.\n",
    );
  });
});

for (const name of ["prometheus", "victoriametrics"] as const) {
  describeWithServer(name, "npm run demo -- --backend", () => {
    it("compares with what a real server stored", async () => {
      expect(outcome(await demo(["--backend", name, "--seconds", "2"]))).toEqual(success);
    });
  });
}
