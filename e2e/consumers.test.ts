// What users get: the tarballs that would be published, installed with npm outside of this repository, beside the oldest
// SDK that is allowed and the newest.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startReceiver } from "@otel-remote-write/receiver";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { installPacked, packPackages, type Tarballs } from "./consumers/install-packed.js";
import { sdkVersions } from "./consumers/sdk-versions.js";
import { runProgram, successfulOutput } from "./programs/run-program.js";
import { typeCheck } from "./programs/type-check.js";

type Printed = {
  latest: { labels: Record<string, string>; value: number }[];
  translated: number;
  authorization: string[];
  violations: unknown[];
  dropped: unknown[];
};

let folder: string;
let tarballs: Promise<Tarballs>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "otel-remote-write-consumers-"));
  tarballs = packPackages(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.entries(sdkVersions))("a consumer with the SDK %s", (sdk, versions) => {
  let installed: Promise<string>;

  async function install(): Promise<string> {
    const consumers = join(folder, sdk);
    mkdirSync(consumers);
    await installPacked(consumers, await tarballs, versions);
    for (const name of ["esm", "commonjs", "browser"]) {
      const source = fileURLToPath(new URL(`consumers/${name}`, import.meta.url));
      cpSync(source, join(consumers, name), { recursive: true });
    }
    return consumers;
  }

  beforeAll(() => {
    installed = install();
    // Awaited by each test, so that none of them passes or is skipped when it fails.
    installed.catch(() => {});
  });

  it.each(["esm", "commonjs"])("compiles and exports as %s", async (name) => {
    const consumer = join(await installed, name);
    expect(await typeCheck(consumer)).toEqual([]);
    const output = successfulOutput(await runProgram(process.execPath, ["dist/main.js"], { cwd: consumer }));

    const { latest, ...printed } = JSON.parse(output) as Printed;
    const common = { instance: "1", job: "consumer", otel_scope_name: name };
    const expected = [
      [{ ...common, __name__: "orders_total", country: "NO" }, 2],
      [{ ...common, __name__: "latency_seconds_bucket", le: "1" }, 1],
      [{ ...common, __name__: "latency_seconds_bucket", le: "+Inf" }, 1],
      [{ ...common, __name__: "latency_seconds_count" }, 1],
      [{ ...common, __name__: "latency_seconds_sum" }, 0.5],
      [{ ...common, __name__: "open" }, -1],
    ];
    const arrived = latest.map(({ labels, value }) => [labels, value]);
    expect(arrived).toHaveLength(expected.length);
    expect(arrived).toEqual(expect.arrayContaining(expected));
    expect(printed).toEqual({
      translated: 5,
      authorization: Array.from({ length: 2 }, () => "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
      violations: [],
      dropped: [{}, {}],
    });
  });

  it("compiles for a browser, without Node's types", async () => {
    expect(await typeCheck(join(await installed, "browser"))).toEqual([]);
  });

  it("starts metrics without code; those of the runtime with the SDK 3.x", async () => {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    const consumer = await installed;
    const code = `
      import { metrics } from "@opentelemetry/api";
      metrics.getMeter("shop").createCounter("orders").add(3);
    `;
    writeFileSync(join(consumer, "application.mjs"), code);
    const run = await runProgram(
      process.execPath,
      ["--import", "@otel-remote-write/config/register", "application.mjs"],
      { cwd: consumer, env: { OTEL_EXPORTER_PROMETHEUS_REMOTE_WRITE_ENDPOINT: receiver.url } },
    );
    successfulOutput(run);
    expect(receiver.value({ __name__: "orders_total" })).toBe(3);
    expect(receiver.find({ __name__: "target_info" })).toHaveLength(1);
    const hasRuntime = receiver.find({ __name__: "v8js_memory_heap_used_bytes" }).length > 0;
    expect([sdk, hasRuntime]).toEqual([sdk, sdk === "3.x"]);
    expect(run.stderr === "").toBe(hasRuntime);
  });

  it("shares its SDK and API with our packages", async () => {
    const files = readdirSync(join(await installed, "node_modules"), { recursive: true, encoding: "utf8" });
    const copies = files.filter((path) =>
      /@opentelemetry[\\/](api|sdk-metrics)[\\/]package\.json$/.test(path),
    );
    expect(copies.map((path) => dirname(path).replaceAll("\\", "/")).toSorted()).toEqual([
      "@opentelemetry/api",
      "@opentelemetry/sdk-metrics",
    ]);
  });
});
