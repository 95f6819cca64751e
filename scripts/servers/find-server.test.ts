import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findServer } from "./find-server.mjs";

describe.skipIf(process.platform === "win32")("findServer", () => {
  let folder: string;
  let cache: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "otel-remote-write-"));
    cache = join(folder, "otel-remote-write", "servers");
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("takes the program that the variable names", async () => {
    const path = await writeProgram(join(folder, "mine"), 'echo "prometheus, version 3.9.1 (branch: x)"');
    expect(await findServer("prometheus", { PROMETHEUS_BIN: path })).toEqual({ path, version: "3.9.1" });
  });

  it.each([
    ["/no/such/file", "there is no such file"],
    ["/bin/false", "Command failed: /bin/false --version"],
    ["/", "spawn / EACCES"],
  ])("never takes another one when the variable names %s", async (path, problem) => {
    expect(await findServer("victoriametrics", { VICTORIA_METRICS_BIN: path })).toEqual({
      reason: `VICTORIA_METRICS_BIN names ${path}, which does not run: ${problem}.`,
    });
  });

  it("takes one from the cache, passes over what does not run, and asks no network", async () => {
    await writeProgram(join(cache, "prometheus_3.5.3+ds1-6_amd64"), "exit 1");
    const path = await writeProgram(join(cache, "prometheus_3.5.3+ds1-6_arm64"), "true");
    await writeProgram(join(cache, "victoria-metrics_1.145.0-1_amd64"), "true");
    expect(await findServer("prometheus", { XDG_CACHE_HOME: folder, PATH: "" })).toEqual({
      path,
      version: "3.5.3",
    });
  });

  it("says what to do on a machine without apt, and leaves nothing behind", async () => {
    expect(await findServer("prometheus", { XDG_CACHE_HOME: folder, PATH: "/no/path" })).toEqual({
      reason:
        "No prometheus: this machine has no apt to get it from Debian with; " +
        "set PROMETHEUS_BIN to the path of one.",
    });
    expect(await readdir(cache)).toEqual([]);
  });

  it("says so when the cache folder cannot be written", async () => {
    await writeFile(join(folder, "otel-remote-write"), "");
    expect(await findServer("victoriametrics", { XDG_CACHE_HOME: folder })).toEqual({
      reason: expect.stringMatching(
        /^No victoria-metrics: the cache folder .*servers cannot be written \(.*\); set VICTORIA_METRICS_BIN to the path of one\.$/,
      ) as string,
    });
  });
});

async function writeProgram(path: string, script: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}
